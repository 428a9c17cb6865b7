/** Suspects that meet a rule by their markup: whether they are on screen is followed, for style alone decides it. */
import { isInPage } from "./tree.ts";

/** What neither a mutation, an event nor a size tells is looked for so often, and at most a twentieth of the time. */
const LOOK_AGAIN_MS = 250;
const REST_FACTOR = 20;

export class Rendered {
  readonly #followed = new Set<Element>();
  readonly #look: (element: Element) => void;
  readonly #sizes: ResizeObserver;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(look: (element: Element) => void, signal: AbortSignal) {
    this.#look = look;
    // What was not laid out and is now has another size, and this is told before the frame is painted.
    this.#sizes = new ResizeObserver((entries) => {
      for (const { target } of entries) look(target);
    });
    signal.addEventListener("abort", () => {
      this.#sizes.disconnect();
      clearTimeout(this.#timer);
    }, { once: true });
  }

  isFollowed(element: Element): boolean {
    return this.#followed.has(element);
  }

  follow(element: Element): void {
    if (this.#followed.has(element)) return;
    this.#followed.add(element);
    this.#sizes.observe(element);
    this.#timer ??= setTimeout(() => this.#again(), LOOK_AGAIN_MS);
  }

  unfollow(element: Element): void {
    if (this.#followed.delete(element)) this.#sizes.unobserve(element);
  }

  #again(): void {
    this.#timer = undefined;
    const start = performance.now();
    for (const element of this.#followed) {
      if (isInPage(element)) this.#look(element);
      else this.unfollow(element);
    }
    if (this.#followed.size === 0) return;
    const spent = performance.now() - start;
    this.#timer = setTimeout(() => this.#again(), Math.max(LOOK_AGAIN_MS, REST_FACTOR * spent));
  }
}
