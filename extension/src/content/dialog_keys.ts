/** Names for the dialog instances of a frame: one each, however often the page draws it anew. */
export class DialogKeys {
  readonly #keys = new WeakMap<Element, string>();
  #count = 0;

  of(element: Element): string {
    let key = this.#keys.get(element);
    if (key === undefined) {
      key = String(++this.#count);
      this.#keys.set(element, key);
    }
    return key;
  }

  /** The page has drawn the same dialog once more. */
  pass(from: Element, to: Element): void {
    this.#keys.set(to, this.of(from));
  }
}
