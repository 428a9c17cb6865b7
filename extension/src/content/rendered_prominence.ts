/** How much a control stands out, as rendered: whether "no" is drawn so much fainter than "yes" that it is passed over. */
import { groundOf, parsed } from "./rendered_ink.ts";
import type { Views } from "./rendered_view.ts";
import { boxOf } from "./unclobbered.ts";

/** WCAG 2.2, 1.4.3: text of less contrast is hard to read. */
const MIN_CONTRAST = 4.5;
const MUCH_SMALLER = 0.8;
const MUCH_FAINTER = 0.6;
const WHITE: [number, number, number] = [255, 255, 255];

export function isDrawnFainter(element: Element, than: Element, views: Views): boolean {
  const one = look(element, views);
  const other = look(than, views);
  if (one.em < other.em * MUCH_SMALLER || one.opacity < other.opacity * MUCH_FAINTER) return true;
  if (one.contrast < MIN_CONTRAST && other.contrast >= MIN_CONTRAST) return true;
  // Plain words beside a filled button of at least their own width.
  return !one.isFilled && other.isFilled && one.width * one.em < other.width * other.em * MUCH_FAINTER;
}

interface Look {
  em: number;
  opacity: number;
  contrast: number;
  isFilled: boolean;
  width: number;
}

function look(element: Element, views: Views): Look {
  const view = views.of(element);
  const { style } = view;
  const border = Number.parseFloat(style.borderTopWidth) || 0;
  const ground = parsed(style.backgroundColor);
  return {
    em: Number.parseFloat(style.fontSize) || 0,
    opacity: view.opacity,
    contrast: contrastOf(element, views),
    isFilled: border > 0 || style.backgroundImage !== "none" || (ground?.[3] ?? 0) > 0.1,
    width: boxOf(element).width,
  };
}

/** 1 … 21; 21 where a picture is behind the letters and nothing can be said. */
function contrastOf(element: Element, views: Views): number {
  const { style } = views.of(element);
  const ink = parsed(style.color);
  if (ink === null) return 21;
  const ground = groundOf(element, style, views) ?? WHITE;
  const [light, dark] = [luminance(ink), luminance(ground)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance, 0 … 1 (WCAG 2.2). */
function luminance(colour: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.slice(0, 3).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
