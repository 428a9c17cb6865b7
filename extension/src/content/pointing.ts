/** A line around a control of the page, with words beside it: drawn above the page, untouchable, for a few seconds. */
import { make } from "../shared/elements.ts";
import type { Translate } from "../shared/translate.ts";
import { createHost, homeIn, promote } from "./overlay_host.ts";
import { addSheet, styleOverlay } from "./overlay_style.ts";
import type { Box } from "./placement.ts";

export interface Pointing {
  control: Element;
  /** What it must not lie on. */
  avoid: Element[];
  words: string[];
  /** Said at once by screen readers, or when they come to it. */
  role: "alert" | "status";
  container: Element | null;
  translate: Translate;
}

const TAG = "rollguard-pointer";
const STAYS_MS = 8_000;
const EDGE = 5;
const GAP = 8;

const STYLE = `
:host { pointer-events: none !important; }
.ring { position: fixed; border: 3px solid var(--amber); border-radius: 10px; box-shadow: 0 0 0 2px var(--ink), inset 0 0 0 1px var(--ink); }
.words { position: fixed; width: max-content; max-width: min(320px, calc(100vw - 16px)); border-top-width: 3px; padding: 8px 12px; }
.words p + p { font-weight: 600; margin-top: 2px; }
@media (prefers-reduced-motion: no-preference) {
  .ring { animation: pulse 1s ease-in-out 3; }
  @keyframes pulse { 50% { transform: scale(1.06); } }
}
@media (forced-colors: active) { .ring { border-color: Highlight; box-shadow: none; } }
`;

export function pointAt(
  { control, avoid, words, role, container, translate }: Pointing,
  signal: AbortSignal,
): void {
  if (signal.aborted) return;
  const { host, shadow } = createHost(TAG);
  homeIn(container).append(host);
  styleOverlay(shadow)({ kind: "over", left: 0, top: 0, width: 0, height: 0 });
  addSheet(shadow)(STYLE);
  const { language: lang, direction: dir } = translate;
  const ring = make("div", { class: "ring" });
  const bubble = make("section", { class: "root words", lang, dir });
  const live = make("div", { role });
  bubble.append(live);
  shadow.append(make("div", { class: "bare-root" }, ring, bubble));
  promote(host);
  // A live region speaks up only when its words change.
  live.append(...words.map((line) => make("p", { dir: "auto" }, line)));
  let frame = 0;
  let endsAt = performance.now() + STAYS_MS;
  const end = (): void => {
    endsAt = 0;
    cancelAnimationFrame(frame);
    host.remove();
  };
  const follow = (): void => {
    if (performance.now() > endsAt || !control.isConnected) return end();
    const box = control.getBoundingClientRect();
    write(ring, {
      left: box.left - EDGE,
      top: box.top - EDGE,
      width: box.width + 2 * EDGE,
      height: box.height + 2 * EDGE,
    });
    const { left, top } = placeWords(
      box,
      bubble.getBoundingClientRect(),
      avoid.map((each) => each.getBoundingClientRect()),
    );
    write(bubble, { left, top });
    frame = requestAnimationFrame(follow);
  };
  signal.addEventListener("abort", end, { once: true });
  follow();
}

/** Under, over, after, before the control: the first place on screen that lies on nothing important. */
export function placeWords(control: Box, words: Box, avoid: Box[]): { left: number; top: number } {
  const across = fit(control.left, words.width, innerWidth);
  const down = fit(control.top, words.height, innerHeight);
  const places = [
    { left: across, top: control.top + control.height + EDGE + GAP },
    { left: across, top: control.top - words.height - EDGE - GAP },
    { left: control.left + control.width + EDGE + GAP, top: down },
    { left: control.left - words.width - EDGE - GAP, top: down },
  ];
  const isFree = ({ left, top }: { left: number; top: number }) =>
    left >= 0 && top >= 0 && left + words.width <= innerWidth && top + words.height <= innerHeight &&
    !avoid.some((box) =>
      box.left < left + words.width && left < box.left + box.width &&
      box.top < top + words.height && top < box.top + box.height
    );
  return places.find(isFree) ??
    { left: across, top: fit(control.top + control.height + GAP, words.height, innerHeight) };
}

function fit(start: number, length: number, room: number): number {
  return Math.max(GAP, Math.min(start, room - length - GAP));
}

/** Through the object model: a policy of the page against inline styles does not reach it. */
function write(element: HTMLElement, box: Partial<Box>): void {
  for (const [name, value] of Object.entries(box)) element.style.setProperty(name, `${value}px`);
}
