/** Three drawings of what happens: a page asks, the warning stands beside it, the person decides. No words, no fixed colour. */

const SVG = "http://www.w3.org/2000/svg";

/** Tag, class (which gives the colour, in welcome.css), attributes. */
type Shape = [string, string, Record<string, string | number>];

const WINDOW: Shape[] = [
  box("ground", 4, 6, 232, 148, 10),
  box("bar", 4, 6, 232, 22, 10),
  box("bar", 4, 18, 232, 10, 0),
  ...[16, 26, 36].map((x): Shape => ["circle", "dot", { cx: x, cy: 17, r: 3 }]),
];

export type Scene = "ask" | "warn" | "decide";

const SCENES: Record<Scene, Shape[]> = {
  ask: [
    ...dialog(58, 40),
    ["path", "cloud", { d: "M184 72a13 13 0 0 1 2-26 17 17 0 0 1 32 4 11 11 0 0 1-2 22z" }],
    ["path", "stroke", { d: "M166 92c18 0 32-2 34-26M193 73l7-8 7 8" }],
  ],
  warn: [...dialog(16, 40), ...card(128, 40)],
  decide: [
    ...dialog(16, 40),
    ...card(128, 40),
    ["rect", "ring", { x: 18, y: 117, width: 46, height: 20, rx: 10 }],
    ["path", "hand", { d: "M46 131l4 20 5-6 7 7 4-4-7-7 6-4z" }],
  ],
};

export function makePicture(scene: Scene): SVGElement {
  const picture = shape(["svg", `picture ${scene}`, { viewBox: "0 0 240 160", "aria-hidden": "true" }]);
  picture.append(...[...WINDOW, ...SCENES[scene]].map(shape));
  return picture;
}

/** A window of the page: six pictures, a line, a quiet no and a loud yes. */
function dialog(x: number, y: number): Shape[] {
  const tiles = [0, 1, 2, 3, 4, 5].flatMap((number) => {
    const left = x + 10 + (number % 3) * 28;
    const top = y + 10 + Math.floor(number / 3) * 25;
    return [
      box("tile", left, top, 24, 21, 3),
      ["circle", "sun", { cx: left + 17, cy: top + 6, r: 2.5 }] satisfies Shape,
      ["path", "hill", { d: `M${left + 2} ${top + 19}l7-10 5 6 3-3 5 7z` }] satisfies Shape,
    ];
  });
  return [
    box("paper", x, y, 100, 104, 8),
    ...tiles,
    box("line", x + 10, y + 63, 70, 4, 2),
    box("no", x + 6, y + 81, 38, 12, 6),
    box("yes", x + 52, y + 81, 38, 12, 6),
  ];
}

/** Ours: the amber edge, the mark, a bold line and three facts. */
function card(x: number, y: number): Shape[] {
  return [
    box("paper", x, y, 96, 104, 8),
    ["path", "edge", { d: `M${x} ${y + 8}a8 8 0 0 1 8-8h80a8 8 0 0 1 8 8v-3H${x}z` }],
    ["path", "shield", { d: `M${x + 18} ${y + 14}l9 3v7c0 6-4 10-9 12-5-2-9-6-9-12v-7z` }],
    box("ink", x + 34, y + 18, 50, 5, 2.5),
    box("ink", x + 34, y + 27, 34, 5, 2.5),
    ...[0, 1, 2].flatMap((number) => [
      ["circle", "sun", { cx: x + 13, cy: y + 50 + number * 12, r: 2.5 }] satisfies Shape,
      box("line", x + 20, y + 48 + number * 12, 62 - number * 9, 4, 2),
    ]),
    box("yes", x + 9, y + 85, 78, 12, 6),
  ];
}

function box(look: string, x: number, y: number, width: number, height: number, rx: number): Shape {
  return ["rect", look, { x, y, width, height, rx }];
}

function shape([tag, look, attributes]: Shape): SVGElement {
  const element = document.createElementNS(SVG, tag);
  element.setAttribute("class", look);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
