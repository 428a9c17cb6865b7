/** What changed in a page, as far as watching tells. */
import { parentElementOf } from "./unclobbered.ts";

export interface Changes {
  /** Elements that came with all that is in them. */
  came: Set<Element>;
  /** Elements that may have become something else where they stand: a dialog by an attribute, a host by a script. */
  became: Set<Element>;
  /** Elements in which something was added, removed or written. */
  touched: Set<Element>;
  /** Elements whose look may be another, with all that is in them; true: the markup says the same as before. */
  looks: Map<Element, boolean>;
  /** So much at once that nobody can say what: everything has to be looked at again. */
  isEverything: boolean;
}

export function nothing(): Changes {
  return { came: new Set(), became: new Set(), touched: new Set(), looks: new Map(), isEverything: false };
}

export function isNothing({ came, became, touched, looks, isEverything }: Changes): boolean {
  return !isEverything && came.size + became.size + touched.size + looks.size === 0;
}

/** The outermost of what came: what was put into something that came itself is found in it. */
export function* cameApart({ came }: Changes): Iterable<Element> {
  for (const element of came) {
    const above = parentElementOf(element);
    if (above === null || !came.has(above)) yield element;
  }
}
