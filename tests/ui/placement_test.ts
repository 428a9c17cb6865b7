/// <reference lib="deno.ns" />
import { type Box, chooseWidth, placeOverlay, type Scene } from "../../extension/src/content/placement.ts";

const box = (left: number, top: number, width: number, height: number): Box => ({ left, top, width, height });

function scene(viewport: Box, dialog: Box | null, changes: Partial<Scene> = {}): Scene {
  return { viewport, dialog, avoid: [], cardHeight: 600, direction: "ltr", ...changes };
}

function touches(one: Box, other: Box): boolean {
  return one.left < other.left + other.width && other.left < one.left + one.width &&
    one.top < other.top + other.height && other.top < one.top + one.height;
}

function isInside(inner: Box, outer: Box): boolean {
  return inner.left >= outer.left && inner.top >= outer.top &&
    inner.left + inner.width <= outer.left + outer.width &&
    inner.top + inner.height <= outer.top + outer.height;
}

function equal(actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`expected ${String(expected)}, got ${String(actual)}`);
}

const DESKTOP = box(0, 0, 1440, 900);
const CENTERED = box(446, 250, 548, 320);

Deno.test("stands right of a dialog that leaves room on both sides", () => {
  const placed = placeOverlay(scene(DESKTOP, CENTERED));
  equal(placed.kind, "beside");
  equal(placed.left, 1006);
  equal(touches(placed, CENTERED), false);
});

Deno.test("stands left of it where people read from the right", () => {
  const placed = placeOverlay(scene(DESKTOP, CENTERED, { direction: "rtl" }));
  equal(placed.left + placed.width, 434);
});

Deno.test("stands left of a dialog at the right edge", () => {
  const placed = placeOverlay(scene(DESKTOP, box(980, 200, 440, 400)));
  equal(placed.kind, "beside");
  equal(placed.left + placed.width, 968);
});

Deno.test("becomes slimmer rather than cover the usual dialog on a usual laptop", () => {
  const laptop = box(0, 0, 1265, 720);
  const dialog = box(358.5, 150, 548, 400);
  const placed = placeOverlay(scene(laptop, dialog));
  equal(placed.width, 334.5);
  equal(touches(placed, dialog), false);
});

Deno.test("goes below a wide dialog at the top", () => {
  const dialog = box(40, 20, 1360, 200);
  const placed = placeOverlay(scene(DESKTOP, dialog));
  equal(placed.kind, "beside");
  equal(placed.top, 232);
});

Deno.test("goes above a wide dialog at the bottom", () => {
  const placed = placeOverlay(scene(DESKTOP, box(40, 680, 1360, 200)));
  equal(placed.kind, "beside");
  equal(placed.top + placed.height <= 668, true);
});

Deno.test("lies over a dialog that fills the window, but not over its controls", () => {
  const controls = [box(1200, 830, 100, 40), box(1310, 830, 100, 40)];
  const placed = placeOverlay(scene(DESKTOP, DESKTOP, { avoid: controls }));
  equal(placed.kind, "over");
  equal(controls.some((control) => touches(control, placed)), false);
  equal(placed.height, 600);
});

Deno.test("is a sheet at the bottom of a phone", () => {
  const phone = box(0, 0, 360, 740);
  const placed = placeOverlay(
    scene(phone, box(15, 40, 330, 300), { avoid: [box(100, 280, 200, 40)], cardHeight: 360 }),
  );
  equal(placed.kind, "sheet");
  equal(placed.top + placed.height, 728);
});

Deno.test("is a sheet at the top where the bottom has the dialog's buttons", () => {
  const phone = box(0, 0, 360, 740);
  const buttons = [box(20, 600, 150, 44), box(190, 600, 150, 44)];
  const placed = placeOverlay(scene(phone, box(0, 300, 360, 440), { avoid: buttons }));
  equal(placed.kind, "sheet");
  equal(buttons.some((button) => touches(button, placed)), false);
  equal(placed.height > 400, true);
});

Deno.test("keeps to the visible part of a pinched page", () => {
  const pinched = box(300, 200, 700, 450);
  const placed = placeOverlay(scene(pinched, null));
  equal(isInside(placed, pinched), true);
});

Deno.test("a small notice keeps its own width", () => {
  equal(placeOverlay(scene(DESKTOP, CENTERED, { cardHeight: 48, cardWidth: 210 })).width, 210);
});

Deno.test("never covers a control and never leaves the window, wherever dialog and controls are", () => {
  let seed = 7;
  const random = (most: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % most;
  };
  for (let round = 0; round < 3000; round++) {
    const viewport = box(0, 0, 320 + random(1600), 400 + random(900));
    const dialog = box(
      random(viewport.width / 2 | 0),
      random(viewport.height / 2 | 0),
      200 + random(900),
      150 + random(700),
    );
    const avoid = [0, 1, 2].map(() =>
      box(dialog.left + random(dialog.width), dialog.top + random(dialog.height), 40 + random(200), 44)
    );
    const placed = placeOverlay(scene(viewport, dialog, { avoid, cardHeight: 300 + random(500) }));
    const told = JSON.stringify({ viewport, dialog, avoid, placed });
    if (avoid.some((each) => touches(each, placed))) throw new Error(`covers a control: ${told}`);
    if (!isInside(placed, viewport)) throw new Error(`leaves the window: ${told}`);
  }
});

Deno.test("the width does not depend on the card's height", () => {
  equal(chooseWidth({ viewport: DESKTOP, dialog: CENTERED }), 384);
  equal(chooseWidth({ viewport: box(0, 0, 360, 740), dialog: CENTERED }), 336);
});
