/** Element → through which window its inside is seen, and how faintly: overflow, clips, opacity, all the way up. */
import { type Box, cutOf, mayCut } from "./rendered_clip.ts";
import { rootElementOf, shownParent } from "./tree.ts";
import { boxOf, hasAttributeOf, localNameOf, matchesSelector } from "./unclobbered.ts";

export interface View {
  style: CSSStyleDeclaration;
  /** Where in-flow text, absolute and fixed children of the element can be seen. */
  flow: Box;
  absolute: Box;
  fixed: Box;
  /** Of the element and all above it. */
  opacity: number;
}

/** Fainter than this is not read. */
export const MIN_OPACITY = 0.1;
/** So much of a box must be seen, each way. */
const MIN_SHARE = 0.4;
/** Smaller letters are specks. */
const MIN_LETTER_PX = 4;

export function isSeen(box: Box, window: Box): boolean {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  if (height < MIN_LETTER_PX) return false;
  const across = Math.min(box.right, window.right) - Math.max(box.left, window.left);
  const down = Math.min(box.bottom, window.bottom) - Math.max(box.top, window.top);
  return across >= 0 && down > 0 && across >= width * MIN_SHARE && down >= height * MIN_SHARE;
}

const MAX_POINTING_MS = 30;

/** The views of a page's elements, each looked up once. Valid until the page can change. */
export class Views {
  readonly #views = new Map<Element, View>();
  readonly #page: View;
  #pointingMs = 0;

  constructor(page: Document) {
    const root = rootElementOf(page);
    if (root === null) throw new Error("there is nothing on this page");
    const wide = { left: -scrollX, top: -scrollY, right: root.clientWidth - scrollX, bottom: Infinity };
    const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    this.#page = { style: getComputedStyle(root), flow: wide, absolute: wide, fixed: screen, opacity: 1 };
  }

  /** From the top down, not by recursion: a page may nest as deep as it likes. */
  of(element: Element): View {
    const way: Element[] = [];
    let at: Element | null = element;
    while (at !== null && !this.#views.has(at)) {
      way.push(at);
      at = shownParent(at);
    }
    let view = (at === null ? undefined : this.#views.get(at)) ?? this.#page;
    for (const inner of way.reverse()) {
      view = this.#inside(inner, view);
      this.#views.set(inner, view);
    }
    return view;
  }

  /** What lies at a point; nothing, once asking has taken too long: a page can make it very dear. */
  pointing(ask: () => Element[]): Element[] {
    if (this.#pointingMs > MAX_POINTING_MS) return [];
    const start = performance.now();
    const found = ask();
    this.#pointingMs += performance.now() - start;
    return found;
  }

  #inside(element: Element, above: View): View {
    const style = getComputedStyle(element);
    const outer = isInTopLayer(element) ? this.#page : above;
    const opacity = outer.opacity * Number(style.opacity || 1) * filterOpacity(style);
    if (style.display === "contents") return { ...outer, style, opacity };
    const own = windowFor(style.position, outer);
    const name = localNameOf(element);
    // The overflow of these two is the viewport's.
    const clips = name !== "html" && name !== "body" && style.display !== "inline";
    const path = mayCut(style) ? cutOf(style, boxOf(element)) : null;
    const flow = within(clips ? overflowWindow(element, style, own) : own, path);
    const isHolder = isContainingBlock(style);
    return {
      style,
      flow,
      absolute: isHolder || style.position !== "static" ? flow : within(outer.absolute, path),
      fixed: isHolder ? flow : within(outer.fixed, path),
      opacity,
    };
  }
}

/** Through which window of the parent a child with this position is seen. */
export function windowFor(position: string, parent: View): Box {
  if (position === "fixed") return parent.fixed;
  return position === "absolute" ? parent.absolute : parent.flow;
}

/** What is in the top layer is drawn over the page, whatever holds it. */
function isInTopLayer(element: Element): boolean {
  const mayBe = hasAttributeOf(element, "popover") || localNameOf(element) === "dialog";
  return mayBe && matchesSelector(element, ":modal, :popover-open");
}

function isContainingBlock(style: CSSStyleDeclaration): boolean {
  return [style.transform, style.translate, style.rotate, style.scale, style.perspective, style.filter]
    .some((value) => value !== "none" && value !== "") || /paint|layout|strict|content/.test(style.contain);
}

function within(window: Box, cut: Box | null): Box {
  if (cut === null) return window;
  return {
    left: Math.max(window.left, cut.left),
    top: Math.max(window.top, cut.top),
    right: Math.min(window.right, cut.right),
    bottom: Math.min(window.bottom, cut.bottom),
  };
}

/** Sideways, what is scrolled away is not seen (a carousel's next page); down there it is a scroll away. */
function overflowWindow(element: Element, style: CSSStyleDeclaration, own: Box): Box {
  const paints = /paint|strict|content/.test(style.contain);
  const [acrossClips, downClips] = [
    paints || style.overflowX !== "visible",
    paints || style.overflowY !== "visible",
  ];
  if (!acrossClips && !downClips) return own;
  const box = boxOf(element);
  const seen = within(own, box);
  const window = { ...own };
  if (acrossClips) [window.left, window.right] = [seen.left, seen.right];
  if (!downClips) return window;
  [window.top, window.bottom] = [seen.top, seen.bottom];
  const scrolls = style.overflowY === "auto" || style.overflowY === "scroll";
  if (scrolls && seen.bottom - seen.top > MIN_LETTER_PX && element.scrollHeight > element.clientHeight) {
    window.top = box.top - element.scrollTop;
    window.bottom = window.top + element.scrollHeight;
  }
  return window;
}

export function filterOpacity(style: CSSStyleDeclaration): number {
  const found = /opacity\(([\d.]+)(%?)\)/.exec(style.filter);
  return found === null ? 1 : Number(found[1]) / (found[2] === "%" ? 100 : 1);
}
