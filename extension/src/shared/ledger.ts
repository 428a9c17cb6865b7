/** The person's own notes of what was asked and chosen: on this device, for nobody else. Pure. */
import type { Severity } from "./bundle_types.ts";
import { isHost, isName, isTime } from "./mutes.ts";

/** `unknown`: the dialog went, and nobody saw by which press. */
export type Choice = "unknown" | "declined" | "accepted" | "dismissed" | "muted";

export interface LedgerEntry {
  id: string;
  /** ISO 8601 in UTC. */
  seen: string;
  /** Host of the top page. */
  site: string;
  /** Host of the frame that asked; the same as `site` for a dialog of the page itself. */
  host: string;
  rule: string;
  product: string;
  severity: Severity;
  /** Fingerprint of the words; the words themselves are not kept. */
  print: string;
  choice: Choice;
  rulesVersion: number;
}

/** The person said yes to this rule's question, and has not said no since. */
export interface Allowed {
  rule: string;
  /** ISO 8601 in UTC. */
  on: string;
}

const MOST_ENTRIES = 1_000;
/** A page that draws its dialog anew asks no new question. */
const SAME_SHOWING_MS = 60_000;
const MOST_LETTERS = 200;
const CHOICES: Choice[] = ["unknown", "declined", "accepted", "dismissed", "muted"];

/** Anything → entry; null where it is none. */
export function readEntry(value: unknown): LedgerEntry | null {
  if (typeof value !== "object" || value === null) return null;
  const { id, seen, site, host, rule, product, severity, print, choice, rulesVersion } = value as Record<
    string,
    unknown
  >;
  if (!isName(id) || !isTime(seen) || !isHost(site) || !isHost(host) || !isName(rule) || !isName(print)) {
    return null;
  }
  if (typeof product !== "string" || typeof rulesVersion !== "number") return null;
  if ((severity !== "warning" && severity !== "notice") || !isChoice(choice)) return null;
  const name = product.slice(0, MOST_LETTERS);
  return { id, seen, site, host, rule, product: name, severity, print, choice, rulesVersion };
}

export function readLedger(value: unknown): LedgerEntry[] {
  const entries = (Array.isArray(value) ? value : []).map(readEntry).filter((entry) => entry !== null);
  return entries.slice(-MOST_ENTRIES);
}

/** @returns the ledger, and the id under which this showing stands in it. */
export function withSeen(ledger: LedgerEntry[], entry: LedgerEntry): { ledger: LedgerEntry[]; id: string } {
  const last = ledger.findLast((other) => isSameQuestion(other, entry));
  const apart = last === undefined ? Infinity : Date.parse(entry.seen) - Date.parse(last.seen);
  if (last !== undefined && apart >= 0 && apart < SAME_SHOWING_MS) return { ledger, id: last.id };
  return { ledger: [...ledger, entry].slice(-MOST_ENTRIES), id: entry.id };
}

/** What the dialog was answered with says more than what was done to our warning. */
export function withChoice(ledger: LedgerEntry[], id: string, choice: Choice): LedgerEntry[] {
  return ledger.map((entry) =>
    entry.id === id && (isAnswer(choice) || !isAnswer(entry.choice)) ? { ...entry, choice } : entry
  );
}

/** When the person last said yes to this rule's question on this site; empty where they did not, or said no since. */
export function allowedBefore(ledger: LedgerEntry[], site: string, rule: string): string {
  const last = ledger.findLast((entry) =>
    entry.site === site && entry.rule === rule && isAnswer(entry.choice)
  );
  return last?.choice === "accepted" ? last.seen : "";
}

/** The same for every rule that asked on this site; the latest comes last. */
export function allAllowed(ledger: LedgerEntry[], site: string): Allowed[] {
  const rules = new Set(ledger.filter((entry) => entry.site === site).map(({ rule }) => rule));
  return [...rules].map((rule) => ({ rule, on: allowedBefore(ledger, site, rule) }))
    .filter(({ on }) => on !== "")
    .sort((one, other) => one.on < other.on ? -1 : 1);
}

export function isChoice(value: unknown): value is Choice {
  return CHOICES.includes(value as Choice);
}

export function isAnswer(choice: Choice): boolean {
  return choice === "accepted" || choice === "declined";
}

function isSameQuestion(one: LedgerEntry, other: LedgerEntry): boolean {
  return one.site === other.site && one.host === other.host && one.rule === other.rule &&
    one.print === other.print;
}
