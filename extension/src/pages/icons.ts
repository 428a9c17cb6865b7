/** Line drawings of our own, on a field of 24 × 24, in the colour of the words beside them. */
import { makeIcon } from "../shared/elements.ts";

const DRAWINGS = {
  checkup: ["M4 6.5 5.5 8 8 5", "M4 12.5 5.5 14 8 11", "M4 18.5 5.5 20 8 17", "M12 7h8M12 13h8M12 19h8"],
  screenshot: [
    "M4 8V5.5A1.5 1.5 0 0 1 5.5 4H8M16 4h2.5A1.5 1.5 0 0 1 20 5.5V8",
    "M20 16v2.5a1.5 1.5 0 0 1-1.5 1.5H16M8 20H5.5A1.5 1.5 0 0 1 4 18.5V16",
    "M7.5 15.5 11 10.5l2.5 3.5 1.5-1.700 1.800 3.2z",
  ],
  options: [
    "M4 7h8M18 7h2M4 17h2M12 17h8",
    "M17.5 7a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z",
    "M11.5 17a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z",
  ],
  welcome: ["M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z", "M12 11v5.5M12 7.5v.2"],
} as const;

export function makeDrawing(name: keyof typeof DRAWINGS): SVGElement {
  const icon = makeIcon(...DRAWINGS[name]);
  icon.setAttribute("class", "icon");
  return icon;
}
