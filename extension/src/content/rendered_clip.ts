/** `clip-path` and `clip` → the box that they leave, roughly. */

/** In pixels of the viewport. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A hole smaller than this shows nothing. */
const MIN_HOLE_PX = 2.5;

export function mayCut(style: CSSStyleDeclaration): boolean {
  return (style.clipPath !== "none" && style.clipPath !== "") || clips(style);
}

function clips(style: CSSStyleDeclaration): boolean {
  return style.clip.startsWith("rect") && /absolute|fixed/.test(style.position);
}

/** Of a border box with this style; null where nothing is cut, or nothing that is known. */
export function cutOf(style: CSSStyleDeclaration, box: Box): Box | null {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const px = (value: string | undefined, whole: number): number =>
    value?.endsWith("%") ? Number.parseFloat(value) / 100 * whole : Number.parseFloat(value ?? "") || 0;
  const shape = /^(\w+)\((.*?)\)/.exec(style.clipPath);
  const values = (shape?.[2] ?? "").split(/[\s,]+/).filter((value) => value !== "");
  if (shape?.[1] === "inset") {
    const round = values.indexOf("round");
    const sides = round < 0 ? values : values.slice(0, round);
    const [top = "0", right = top, bottom = top, left = right] = sides;
    return {
      left: box.left + px(left, width),
      top: box.top + px(top, height),
      right: box.right - px(right, width),
      bottom: box.bottom - px(bottom, height),
    };
  }
  if (shape?.[1] === "circle" || shape?.[1] === "ellipse") {
    // Wherever it stands: what matters is whether anything shows through.
    const radius = /^[\d.]/.test(values[0] ?? "") ? px(values[0], Math.min(width, height)) : Infinity;
    return radius < MIN_HOLE_PX ? { left: 0, top: 0, right: 0, bottom: 0 } : null;
  }
  if (shape?.[1] === "polygon") {
    const points = values.filter((value) => /^-?[\d.]/.test(value));
    const across = points.filter((_, at) => at % 2 === 0).map((value) => box.left + px(value, width));
    const down = points.filter((_, at) => at % 2 === 1).map((value) => box.top + px(value, height));
    return { left: least(across), top: least(down), right: most(across), bottom: most(down) };
  }
  const clip = /^rect\((.*)\)/.exec(style.clip)?.[1]?.split(/[\s,]+/);
  if (clip === undefined || !clips(style)) return null;
  const side = (at: number, whole: number): number => clip[at] === "auto" ? whole : px(clip[at], whole);
  return {
    left: box.left + side(3, 0),
    top: box.top + side(0, 0),
    right: box.left + side(1, width),
    bottom: box.top + side(2, height),
  };
}

function least(values: number[]): number {
  return values.reduce((one, other) => Math.min(one, other), Infinity);
}

function most(values: number[]): number {
  return values.reduce((one, other) => Math.max(one, other), -Infinity);
}
