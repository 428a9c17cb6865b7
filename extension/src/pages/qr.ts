/** A text as a QR code, drawn here: nobody else learns what is on it. */
/*! uqr, which is bundled with this script:
 * MIT License
 *
 * Copyright (c) Project Nayuki
 * Copyright (c) 2023 Anthony Fu <https://github.com/antfu>
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy
 * of this software and associated documentation files (the "Software"), to deal
 * in the Software without restriction, including without limitation the rights
 * to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
 * copies of the Software, and to permit persons to whom the Software is
 * furnished to do so, subject to the following conditions:
 *
 * The above copyright notice and this permission notice shall be included in all
 * copies or substantial portions of the Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
 * IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
 * FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
 * AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
 * LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
 * OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
 * SOFTWARE.
 */
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
