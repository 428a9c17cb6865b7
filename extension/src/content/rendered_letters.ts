/** A box that may hold a letter or a word → its few letters, where they stand, how large they are. */
import type { Box } from "./rendered_clip.ts";
import { generatedText, type Pseudo } from "./rendered_generated.ts";
import type { Rendering } from "./rendered_page.ts";
import { shownChildren } from "./tree.ts";
import { boxOf, localNameOf, matchesSelector } from "./unclobbered.ts";
import { QUOTED } from "./visible_text.ts";

/** Read as something of its own, or not at all, wherever it stands. */
export const OWN = `[role], [popover], [aria-modal], dialog, iframe, input, ${QUOTED}`;

/** A box with more inside is no word. */
const MAX_MEASURED = 30;
const PSEUDOS: Pseudo[] = ["::before", "::after"];

export interface Letters {
  text: string;
  /** Null where a style sheet writes them: such letters have no place to ask for. */
  box: Box | null;
  em: number;
}

/** Null where there are more than a few, or what is read as something of its own. */
export function lettersIn(element: Element, page: Rendering): Letters | null {
  let left = MAX_MEASURED;
  let text = "";
  let em = 0;
  let box: Box | null = null;
  const elements: Element[] = [];
  const todo: Node[] = [element];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (left-- === 0) return null;
    if (node instanceof Element) {
      if (page.isHidden(node)) continue;
      if (matchesSelector(node, OWN)) return null;
      elements.push(node);
      if (localNameOf(node) === "use") {
        return { text: "?", box: boxOf(element), em: boxOf(node).height / 1.15 };
      }
      for (const child of shownChildren(node).reverse()) todo.push(child);
    } else if (node.nodeType === Node.TEXT_NODE) {
      const seen = page.seen(node as Text);
      text += seen.text;
      if (seen.text.trim() === "") continue;
      for (const part of seen.boxes) {
        box = box === null ? part : around(box, part);
        em = Math.max(em, seen.em);
      }
    }
  }
  if (text.trim() === "") text = elements.map((one) => generatedIn(one, page)).join("");
  return { text, box, em: em || Number.parseFloat(page.views.of(element).style.fontSize) };
}

function generatedIn(element: Element, page: Rendering): string {
  return PSEUDOS.map((pseudo) => generatedText(element, pseudo, page.views)?.text ?? "").join("");
}

function around(one: Box, other: Box): Box {
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  };
}
