/** Builds elements from text alone: nothing that was fetched can ever become markup. */

type Child = Node | string;

const SVG = "http://www.w3.org/2000/svg";

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A link that leaves our window alone and tells the other side nothing. Anything but https stays mere text. */
export function makeLink(url: string, text: string, hint: string): HTMLElement {
  if (!url.startsWith("https://")) return make("span", {}, text);
  return make(
    "a",
    { href: url, target: "_blank", rel: "noreferrer noopener" },
    text,
    make("span", { class: "unseen" }, ` (${hint})`),
  );
}

/** A line drawing on a 24 × 24 field; decoration, so hidden from screen readers. */
export function makeIcon(...paths: string[]): SVGElement {
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  for (const path of paths) {
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", path);
    icon.append(line);
  }
  return icon;
}

/** The product's mark, as in icons/rollguard.svg. */
export function makeMark(): SVGElement {
  const mark = document.createElementNS(SVG, "svg");
  mark.setAttribute("viewBox", "0 0 48 48");
  mark.setAttribute("aria-hidden", "true");
  mark.setAttribute("class", "mark");
  const parts: [string, Record<string, string>][] = [
    ["path", { d: "M24 2 42 8v14c0 11.5-7.3 20-18 24C13.3 42 6 33.5 6 22V8z", fill: "#0f6b5c" }],
    ["rect", { x: "12", y: "12", width: "24", height: "20", rx: "3.5", fill: "#fff" }],
    ["circle", { cx: "29.5", cy: "18", r: "2.8", fill: "#e8a33d" }],
    ["path", { d: "M14.5 29.5 20.5 20l5 6.5 2.5-3 5.5 6z", fill: "#0f6b5c" }],
  ];
  for (const [tag, attributes] of parts) {
    const part = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
    mark.append(part);
  }
  return mark;
}
