/** Where the overlay goes: rectangles in, one rectangle out. Knows no document. */

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Scene {
  viewport: Box;
  /** Where the dialog is; null where we cannot know. */
  dialog: Box | null;
  /** The dialog's own controls: never covered. */
  avoid: Box[];
  /** How tall the card would like to be, at the width that `chooseWidth` gave. */
  cardHeight: number;
  /** For what is narrower than a card. */
  cardWidth?: number;
  direction: "ltr" | "rtl";
}

export interface Placement extends Box {
  kind: "beside" | "over" | "sheet";
}

const MARGIN = 12;
const GAP = 12;
const WIDEST = 384;
const NARROWEST_BESIDE = 300;
const SHEET_BELOW_WIDTH = 560;
/** Less than this shows no more than the first line; a better column is then looked for. */
const USEFUL_HEIGHT = 220;
const TALLEST_SHEET = 0.7;

/** Depends on viewport and dialog alone, so that measuring the card at this width settles its height. */
export function chooseWidth({ viewport, dialog }: Pick<Scene, "viewport" | "dialog">): number {
  const widest = Math.min(WIDEST, viewport.width - 2 * MARGIN);
  if (isNarrow(viewport)) return viewport.width - 2 * MARGIN;
  if (dialog === null) return widest;
  const besides = Math.max(spaceLeftOf(viewport, dialog), spaceRightOf(viewport, dialog));
  return besides >= NARROWEST_BESIDE ? Math.min(widest, besides) : widest;
}

export function placeOverlay(scene: Scene): Placement {
  const width = Math.min(chooseWidth(scene), scene.cardWidth ?? Infinity);
  if (isNarrow(scene.viewport)) return placeSheet(scene, width);
  return placeBeside(scene, width) ?? placeOver(scene, width);
}

function isNarrow(viewport: Box): boolean {
  return viewport.width < SHEET_BELOW_WIDTH;
}

function spaceLeftOf(viewport: Box, dialog: Box): number {
  return dialog.left - viewport.left - GAP - MARGIN;
}

function spaceRightOf(viewport: Box, dialog: Box): number {
  return right(viewport) - right(dialog) - GAP - MARGIN;
}

/** Right, left, below, above; the first that holds the whole card, else the one that shows most of it. */
function placeBeside(scene: Scene, width: number): Placement | null {
  const { viewport, dialog, cardHeight, avoid } = scene;
  if (dialog === null) return null;
  const sides = [right(dialog) + GAP, dialog.left - GAP - width];
  if (scene.direction === "rtl") sides.reverse();
  const aligned = clamp(dialog.left, viewport.left + MARGIN, right(viewport) - MARGIN - width);
  let best: Placement | null = null;
  for (const left of [...sides, aligned]) {
    // Half a pixel of patience: these are sums of fractions.
    if (left < viewport.left + MARGIN - 0.5 || left + width > right(viewport) - MARGIN + 0.5) continue;
    for (const gap of freeGaps(viewport, left, width, [...avoid, dialog])) {
      const height = Math.min(cardHeight, gap.height);
      const top = clamp(dialog.top, gap.top, bottom(gap) - height);
      const found: Placement = { kind: "beside", left, top, width, height };
      if (height >= cardHeight) return found;
      if (height >= USEFUL_HEIGHT && height > (best?.height ?? 0)) best = found;
    }
  }
  return best;
}

/** No room beside it: along an edge of the viewport, over the dialog's text if it must be, not over its controls. */
function placeOver(scene: Scene, width: number): Placement {
  const { viewport, dialog, cardHeight, avoid } = scene;
  const edges = [right(viewport) - MARGIN - width, viewport.left + MARGIN];
  if (scene.direction === "rtl") edges.reverse();
  const found = edges.flatMap((left) =>
    freeGaps(viewport, left, width, avoid).flatMap((gap) => {
      const height = Math.min(cardHeight, gap.height);
      return [bottom(gap) - height, gap.top].map((top): Placement => ({
        kind: "over",
        left,
        top,
        width,
        height,
      }));
    })
  );
  return bestOf(found, dialog) ??
    { kind: "over", left: edges[0] ?? MARGIN, ...bottomStrip(viewport, cardHeight), width };
}

function placeSheet(scene: Scene, width: number): Placement {
  const { viewport, dialog, avoid } = scene;
  const left = scene.direction === "rtl" ? right(viewport) - MARGIN - width : viewport.left + MARGIN;
  const wanted = Math.min(scene.cardHeight, viewport.height * TALLEST_SHEET);
  const found = freeGaps(viewport, left, width, avoid).flatMap((gap) => {
    const height = Math.min(wanted, gap.height);
    const atBottom: Placement = { kind: "sheet", left, top: bottom(gap) - height, width, height };
    return [atBottom, { ...atBottom, top: gap.top }];
  });
  // From the bottom up: thumbs are there.
  found.sort((one, other) => other.top - one.top);
  return bestOf(found, dialog) ?? { kind: "sheet", left, ...bottomStrip(viewport, wanted), width };
}

/** Most of the card first, then least of the dialog covered; earlier wins a tie. */
function bestOf(placements: Placement[], dialog: Box | null): Placement | null {
  let best: Placement | null = null;
  for (const each of placements) {
    if (best === null || each.height > best.height + 1) best = each;
    else if (each.height > best.height - 1 && overlap(each, dialog) < overlap(best, dialog)) best = each;
  }
  return best;
}

/** Everything is full of controls: a strip at the bottom, where pages seldom put the last word. */
function bottomStrip(viewport: Box, wanted: number): { top: number; height: number } {
  const height = Math.min(wanted, viewport.height / 3);
  return { top: bottom(viewport) - MARGIN - height, height };
}

/** What is left of a column once everything in its way is taken out, from the bottom up. */
function freeGaps(viewport: Box, left: number, width: number, inTheWay: Box[]): Box[] {
  const blocks = inTheWay
    .filter((box) => box.left < left + width + GAP / 2 && right(box) > left - GAP / 2)
    .sort((one, other) => one.top - other.top);
  const gaps: Box[] = [];
  let top = viewport.top + MARGIN;
  for (const block of blocks) {
    if (block.top - GAP > top) gaps.unshift({ left, top, width, height: block.top - GAP - top });
    top = Math.max(top, bottom(block) + GAP);
  }
  const end = bottom(viewport) - MARGIN;
  if (end > top) gaps.unshift({ left, top, width, height: end - top });
  // A gap that a block beyond the edge of the viewport has pushed out is none.
  return gaps
    .map((gap) => ({ ...gap, height: Math.min(bottom(gap), end) - gap.top }))
    .filter((gap) => gap.height > 0);
}

function overlap(one: Box, other: Box | null): number {
  if (other === null) return 0;
  const across = Math.min(right(one), right(other)) - Math.max(one.left, other.left);
  const down = Math.min(bottom(one), bottom(other)) - Math.max(one.top, other.top);
  return Math.max(0, across) * Math.max(0, down);
}

function right(box: Box): number {
  return box.left + box.width;
}

function bottom(box: Box): number {
  return box.top + box.height;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
