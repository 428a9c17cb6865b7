/** Which elements of a page are hosts: asked when they come, and again, because a root that is attached says nothing. */
import { isCustom, isInPage, mayHost, PLAIN_HOSTS, shadowRootOf } from "./tree.ts";

/** Names of HTML and SVG that are neither controls nor dialogs nor custom, the frequent ones first. */
export const NEITHER =
  "div, span, p, i, img, svg, path, g, li, ul, b, strong, em, br, label, td, tr, th, tbody, table, " +
  "h1, h2, h3, h4, h5, h6, section, article, header, footer, nav, main, aside, script, style, link, meta, title, head, " +
  "body, html, form, select, option, textarea, ol, dl, dt, dd, hr, small, sub, sup, s, u, code, pre, time, figure, " +
  "figcaption, picture, source, video, audio, iframe, noscript, template, slot, details, canvas, " +
  "use, rect, circle, line, defs, mask, image, text, tspan, blockquote, q, cite, mark, thead, tfoot, fieldset, legend";
/** What is empty for us may be full of what is shown. */
export const CHILDLESS = `:empty:is(${PLAIN_HOSTS.join()})`;

/** Asking for a closed root costs up to 100 µs: so many are asked after a rest, the others later, bit by bit. */
const MOST_ASKED = 16;
const MOST_ASKED_LATE = 8;
const ASKED_PER_MS = 0.004;
const MOST_WAITING = 512;

export class ShadowDoors {
  readonly #known = new WeakSet<ShadowRoot>();
  /** Elements that have no root yet; the longest unasked first. */
  readonly #waiting = new Set<Element>();
  #roots: WeakRef<ShadowRoot>[] = [];
  #mayAsk = MOST_ASKED;
  #since = 0;

  /** Whether there is anybody to ask again. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** Whether none but custom elements is taken now. */
  get isFull(): boolean {
    return this.#mayAsk < 1 && this.#waiting.size >= MOST_WAITING;
  }

  /** A new go: what time has brought may be spent. */
  rest(): void {
    const now = performance.now();
    this.#mayAsk = Math.min(MOST_ASKED, this.#mayAsk + (now - this.#since) * ASKED_PER_MS);
    this.#since = now;
  }

  /** The roots behind these elements that were not known, most of all those of custom elements. */
  open(elements: ArrayLike<Element>): ShadowRoot[] {
    const found: ShadowRoot[] = [];
    for (let at = 0; at < elements.length; at++) {
      const element = elements[at] as Element;
      if (!mayHost(element)) continue;
      if (isCustom(element)) found.push(...this.#ask(element));
      else if (this.#mayAsk >= 1) {
        this.#mayAsk--;
        found.push(...this.#ask(element));
      } else if (this.#waiting.size < MOST_WAITING) this.#waiting.add(element);
      else break;
    }
    return found;
  }

  /** The same for those that had none when they came, a few at a time. */
  openLate(): ShadowRoot[] {
    const turn = [...this.#waiting].slice(0, MOST_ASKED_LATE);
    for (const element of turn) this.#waiting.delete(element);
    return turn.filter(isInPage).flatMap((element) => this.#ask(element));
  }

  /** Every root that is still in the page, for a look at everything. */
  known(): ShadowRoot[] {
    const roots = this.#roots.map((ref) => ref.deref()).filter((root) =>
      root !== undefined && isInPage(root)
    );
    this.#roots = roots.map((root) => new WeakRef(root as ShadowRoot));
    return roots as ShadowRoot[];
  }

  #ask(element: Element): ShadowRoot[] {
    const root = shadowRootOf(element);
    if (root === null) this.#wait(element);
    if (root === null || this.#known.has(root)) return [];
    this.#known.add(root);
    this.#roots.push(new WeakRef(root));
    return [root];
  }

  #wait(element: Element): void {
    if (this.#waiting.size >= MOST_WAITING) {
      for (const oldest of this.#waiting) return this.#replace(oldest, element);
    }
    this.#waiting.add(element);
  }

  #replace(oldest: Element, element: Element): void {
    this.#waiting.delete(oldest);
    this.#waiting.add(element);
  }
}
