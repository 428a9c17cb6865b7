/**
 * Dialogs in frames. Each frame runs its own copy of this script; a frame only speaks, the top frame only listens.
 * A page can read and forge these messages. So they can show one of our own warnings, or end it, and never press anything.
 */
import type { SlotEvidence, Verdict } from "../shared/messages.ts";

const SHOW = "rollguardShow";
const CLEAR = "rollguardClear";
const MAX_EVIDENCE = 20;
const MAX_LENGTH = 200;

/** What a frame says of itself; its origin is vouched for by the browser. */
export interface FrameReport {
  /** Names the frame within this page. */
  frame: string;
  /** Names the dialog within the frame. */
  key: string;
  url: string;
  verdict: Verdict;
}

export function reportToTop(key: string, verdict: Verdict): void {
  globalThis.top?.postMessage({ type: SHOW, key, url: location.href, verdict }, "*");
}

export function clearInTop(): void {
  globalThis.top?.postMessage({ type: CLEAR }, "*");
}

export function listenToFrames(show: (report: FrameReport) => void, clear: (frame: string) => void): void {
  const names = new WeakMap<object, string>();
  let count = 0;
  globalThis.addEventListener("message", (event) => {
    if (!event.isTrusted || event.source === null || !isRecord(event.data)) return;
    const { type, key, url, verdict } = event.data;
    if (type !== SHOW && type !== CLEAR) return;
    const frame = names.get(event.source) ?? `frame ${++count}`;
    names.set(event.source, frame);
    if (type === CLEAR) return clear(frame);
    const told = readVerdict(verdict);
    if (told === null || typeof url !== "string" || !URL.canParse(url)) return;
    if (new URL(url).origin !== event.origin) return;
    show({ frame, key: short(key), url, verdict: told });
  });
}

/** Whatever came, as a verdict: words for the overlay, and no control that could be pressed. */
function readVerdict(value: unknown): Verdict | null {
  if (!isRecord(value)) return null;
  const { rule, severity, evidence } = value;
  if (typeof rule !== "string" || (severity !== "warning" && severity !== "notice")) return null;
  return {
    rule,
    matched: true,
    severity,
    language: null,
    evidence: Array.isArray(evidence) ? evidence.slice(0, MAX_EVIDENCE).map(readEvidence) : [],
    accept: null,
    decline: null,
    failed: null,
  };
}

function readEvidence(value: unknown): SlotEvidence {
  const { slot, words } = isRecord(value) ? value : {};
  return { slot: short(slot), words: short(words) };
}

function short(value: unknown): string {
  return typeof value === "string" ? value.slice(0, MAX_LENGTH) : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
