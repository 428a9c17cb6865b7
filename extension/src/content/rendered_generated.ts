/** Text that a style sheet writes before or after an element, where it is seen. */
import { type Box, cutOf, mayCut } from "./rendered_clip.ts";
import { isInked } from "./rendered_ink.ts";
import { type Seen, showsText } from "./rendered_text.ts";
import { filterOpacity, isSeen, type Views, windowFor } from "./rendered_view.ts";
import { shownParent } from "./tree.ts";
import { attributeOf, boxOf } from "./unclobbered.ts";
import { BREAK } from "./words.ts";

export type Pseudo = "::before" | "::after" | "::marker";

/** A margin as wide as a blank parts words as a blank does. */
const BLANK_EM = 0.18;
const FAR_PX = 100;

/** `boxes` only where it is placed apart from the line; counters and pictures write nothing. */
export function generatedText(element: Element, pseudo: Pseudo, views: Views): Omit<Seen, "em"> | null {
  const style = getComputedStyle(element, pseudo);
  const { content } = style;
  if (content === "none" || content === "normal" || content === "") return null;
  const text = writtenBy(content, element).replaceAll(BREAK, " ");
  if (text === "" || style.display === "none" || style.float === "footnote") return null;
  const view = views.of(element);
  const opacity = view.opacity * Number(style.opacity || 1) * filterOpacity(style);
  if (
    !showsText({ ...view, opacity }, style) || isSqueezed(style) ||
    !isInked(element, style, views, boxOf(element))
  ) {
    return null;
  }
  if (style.position === "absolute" || style.position === "fixed") {
    const box = placedBox(element, style, views);
    return isSeen(box, windowFor(style.position, view)) ? { text, boxes: [box] } : null;
  }
  if (Number.parseFloat(style.top) > FAR_PX || Math.abs(Number.parseFloat(style.left)) > FAR_PX) return null;
  // What only its element's window hides is hidden with all that stands in it.
  const box = boxOf(element);
  if (box.width > 0 && box.height > 0 && !isSeen(box, view.flow)) return null;
  const isItem = /flex|grid/.test(view.style.display);
  return { text: isItem ? text : spaced(text, style), boxes: [] };
}

/** `"Al" attr(data-rest) / "what a screen reader says"` → what is drawn. */
function writtenBy(content: string, element: Element): string {
  let text = "";
  for (const part of content.matchAll(/"((?:\\.|[^"\\])*)"|attr\(([\w-]+)[^)]*\)|\/|[\w-]+\([^)]*\)/gs)) {
    if (part[0] === "/") break;
    if (part[1] !== undefined) text += part[1].replace(/\\(.)/gs, "$1");
    else if (part[2] !== undefined) text += attributeOf(element, part[2]) ?? "";
  }
  return text;
}

/** With what its own box adds: a margin as wide as a blank, lines of its own. */
function spaced(text: string, style: CSSStyleDeclaration): string {
  if (style.float === "none" && /^(?:block|flex|grid|table|list-item)/.test(style.display)) {
    return BREAK + text + BREAK;
  }
  const wide = BLANK_EM * Number.parseFloat(style.fontSize);
  const isWide = (margin: string): boolean => Number.parseFloat(margin) > wide;
  return (isWide(style.marginLeft) ? " " : "") + text + (isWide(style.marginRight) ? " " : "");
}

/** There is no box of a pseudo-element to ask for: what style can hide it is looked at instead, in doubt as hidden. */
function isSqueezed(style: CSSStyleDeclaration): boolean {
  const px = (value: string): number => Number.parseFloat(value);
  const clips = style.overflowX !== "visible" || style.overflowY !== "visible";
  if (clips && (px(style.width) < 3 || px(style.height) < 3)) return true;
  if (Math.abs(px(style.textIndent)) > FAR_PX) return true;
  const [width, height] = [px(style.width) || 100, px(style.height) || 20];
  const box = { left: 0, top: 0, right: width, bottom: height };
  const cut = mayCut(style) ? cutOf(style, box) : null;
  if (cut !== null && !isSeen(box, cut)) return true;
  const matrix = /^matrix\((.*)\)/.exec(style.transform)?.[1]?.split(",").map(Number);
  const [a = 1, , , d = 1, e = 0, f = 0] = matrix ?? [];
  return (Math.abs(a) < 0.1 && Math.abs(d) < 0.1) || Math.abs(e) > FAR_PX || Math.abs(f) > FAR_PX ||
    style.scale === "0";
}

function placedBox(element: Element, style: CSSStyleDeclaration, views: Views): Box {
  const px = (value: string): number => Number.parseFloat(value) || 0;
  let [left, top] = [0, 0];
  if (style.position === "absolute") {
    let holder: Element | null = element;
    while (holder !== null && !holdsAbsolute(views.of(holder).style)) holder = shownParent(holder);
    const box = holder === null ? { left: -scrollX, top: -scrollY } : boxOf(holder);
    [left, top] = [box.left + (holder?.clientLeft ?? 0), box.top + (holder?.clientTop ?? 0)];
  }
  left += px(style.left) + px(style.marginLeft);
  top += px(style.top) + px(style.marginTop);
  return { left, top, right: left + px(style.width), bottom: top + px(style.height) };
}

function holdsAbsolute(style: CSSStyleDeclaration): boolean {
  return style.position !== "static" || style.transform !== "none";
}
