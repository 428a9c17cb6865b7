/** What the page's own layout shows. Asked only after the markup alone has given reason: it may force a layout. */
import { Rendering } from "./rendered_page.ts";
import { isDrawnFainter } from "./rendered_prominence.ts";
import { documentOf } from "./unclobbered.ts";
import { markupSight, type Sight } from "./visible_text.ts";

let rendering: Rendering | null = null;

/** What was looked up holds until the page's scripts can run again, and no longer. */
function renderingOf(page: Document): Rendering {
  if (rendering?.page !== page) {
    rendering = new Rendering(page);
    queueMicrotask(() => rendering = null);
  }
  return rendering;
}

/** In doubt, and where the page makes looking fail, nothing is seen. */
function ask<Answer>(node: Node, question: (rendering: Rendering) => Answer, inDoubt: Answer): Answer {
  try {
    const page = documentOf(node);
    return page === null ? inDoubt : question(renderingOf(page));
  } catch {
    return inDoubt;
  }
}

export const layoutSight: Sight = {
  isHidden: (element) => ask(element, (rendering) => rendering.isHidden(element), true),
  childrenOf: (element) => ask(element, (rendering) => rendering.childrenOf(element), []),
  textOf: (node) => ask(node, (rendering) => rendering.seen(node).text, ""),
  parts: (element) => ask(element, (rendering) => rendering.parts(element), true),
  isFainter: (element, than) =>
    markupSight.isFainter(element, than) ||
    ask(element, (rendering) => isDrawnFainter(element, than, rendering.views), false),
};
