/** A text as a QR code, drawn here: nobody else learns what is on it. */
import { encode } from "npm:uqr@0.1.2";

const SVG = "http://www.w3.org/2000/svg";
/** In modules; readers need so much empty room around the code. */
const QUIET_ZONE = 4;

export function makeQr(text: string, name: string): SVGElement {
  const { data, size } = encode(text, { ecc: "M", border: QUIET_ZONE });
  const code = document.createElementNS(SVG, "svg");
  const attributes = {
    viewBox: `0 0 ${size} ${size}`,
    role: "img",
    "aria-label": name,
    class: "qr",
    "shape-rendering": "crispEdges",
  };
  for (const [key, value] of Object.entries(attributes)) code.setAttribute(key, value);
  // Dark on light whatever the theme: many readers do not know the reverse.
  code.append(
    makePath(`M0 0h${size}v${size}H0z`, "#fff"),
    makePath(
      data.map((row, y) => row.map((isDark, x) => isDark ? `M${x} ${y}h1v1h-1z` : "").join("")).join(""),
      "#000",
    ),
  );
  return code;
}

function makePath(d: string, fill: string): SVGElement {
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", d);
  path.setAttribute("fill", fill);
  return path;
}
