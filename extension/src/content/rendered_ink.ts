/** Whether letters stand out from what is behind them: their colour, and the colour that they are drawn upon. */
import { rootOf, shownParent } from "./tree.ts";
import { localNameOf } from "./unclobbered.ts";
import type { Box } from "./rendered_clip.ts";
import type { Views } from "./rendered_view.ts";

/** Red, green and blue up to 255, alpha up to 1. */
type Colour = [number, number, number, number];

/** Colours that differ by no more than this in every part are the same to the eye. */
const SAME_TO_THE_EYE = 20;
/** More transparent than this is not read. */
const MIN_ALPHA = 0.1;
const MAX_LAYERS = 200;
const PICTURES = new Set("canvas embed iframe img object picture svg video".split(" "));

/** `style`: of the element, or of text generated in it. `box`: where some of the letters stand. */
export function isInked(element: Element, style: CSSStyleDeclaration, views: Views, box: Box): boolean {
  const fill = style.getPropertyValue("-webkit-text-fill-color") || style.color;
  const ink = parsed(fill);
  const security = style.getPropertyValue("-webkit-text-security");
  if (security !== "" && security !== "none") return false;
  if (isForced(style)) return true;
  // Unknown notation, a shadow or an outline: letters may be seen by it, and mostly are.
  if (ink === null || hasOutline(style)) return true;
  // Letters cut out of a gradient are transparent themselves.
  const clip = style.getPropertyValue("background-clip") || style.getPropertyValue("-webkit-background-clip");
  if (clip.includes("text") && style.backgroundImage !== "none") return true;
  if (ink[3] < MIN_ALPHA) return false;
  const ground = groundOf(element, style, views);
  if (ground === null || !isSame(ink, ground)) return true;
  return hasPictureBehind(element, views, box);
}

/** The person's own colours are drawn in place of the page's, and stand out from each other; styles still tell of the page's. */
function isForced(style: CSSStyleDeclaration): boolean {
  return style.getPropertyValue("forced-color-adjust") === "auto" &&
    matchMedia("(forced-colors: active)").matches;
}

function hasOutline(style: CSSStyleDeclaration): boolean {
  const isShadowed = style.textShadow !== "none" && style.textShadow !== "";
  const stroke = Number.parseFloat(style.getPropertyValue("-webkit-text-stroke-width")) || 0;
  return (isShadowed && (parsed(style.textShadow)?.[3] ?? 1) >= MIN_ALPHA) || stroke > 0;
}

/** The first solid colour behind the letters; null where a picture, or only the page's canvas, is behind them. */
export function groundOf(element: Element, own: CSSStyleDeclaration, views: Views): Colour | null {
  let style = own;
  let at: Element | null = element;
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    if (style.backgroundImage !== "none") return null;
    const colour = parsed(style.backgroundColor);
    if (colour === null) return null;
    if (colour[3] > 0.9) return colour;
    if (colour[3] > MIN_ALPHA) return null;
    if (style === own && own !== views.of(element).style) {
      style = views.of(element).style; // generated text stands upon its element
      continue;
    }
    at = at === null ? null : shownParent(at);
    if (at === null) return null;
    style = views.of(at).style;
  }
  return null;
}

function isSame(ink: Colour, ground: Colour): boolean {
  return [0, 1, 2].every((part) => {
    const [front = 0, back = 0] = [ink[part], ground[part]];
    return Math.abs(front - back) * ink[3] <= SAME_TO_THE_EYE;
  });
}

/** White letters on a white card may stand upon a picture that lies on the card. */
function hasPictureBehind(element: Element, views: Views, box: Box): boolean {
  const root = rootOf(element);
  if (!(root instanceof Document || root instanceof ShadowRoot)) return false;
  const { elementsFromPoint } = (root instanceof Document ? Document : ShadowRoot).prototype; // not the page's names
  const stack = views.pointing(() =>
    elementsFromPoint.call(root, (box.left + box.right) / 2, (box.top + box.bottom) / 2)
  );
  const own = stack.indexOf(element);
  if (own < 0) return false;
  for (const behind of stack.slice(own + 1)) {
    if (PICTURES.has(localNameOf(behind))) return true;
    const { style } = views.of(behind);
    if (style.backgroundImage !== "none") return true;
    if ((parsed(style.backgroundColor)?.[3] ?? 0) > 0.9) return false;
  }
  return false;
}

/** A computed colour, at the beginning or the end of a value. */
export function parsed(value: string): Colour | null {
  if (value === "transparent") return [0, 0, 0, 0];
  const found = /rgba?\(([^)]*)\)/.exec(value) ?? /color\(srgb ([^)]*)\)/.exec(value);
  const parts = (found?.[1] ?? "").split(/[\s,/]+/).filter((part) => part !== "").map(Number);
  const [red, green, blue, alpha = 1] = parts;
  if (red === undefined || green === undefined || blue === undefined || parts.some(Number.isNaN)) return null;
  const scale = value.includes("color(srgb") ? 255 : 1;
  return [red * scale, green * scale, blue * scale, alpha];
}
