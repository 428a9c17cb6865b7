/** Focus: taken politely, given back. */

/** Inputs in which nobody types. */
const NOT_TYPED = new Set([
  "button",
  "checkbox",
  "color",
  "file",
  "image",
  "radio",
  "range",
  "reset",
  "submit",
]);

/** Moves the keyboard to the card unless the person is typing; answers with the way back. */
export function focusCard(card: HTMLElement): () => void {
  const before = document.activeElement;
  if (isTyping(deepActive())) return () => {};
  card.focus({ preventScroll: true });
  return () => {
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  };
}

export function isFocusNowhere(): boolean {
  const { activeElement, body, documentElement } = document;
  return activeElement === null || activeElement === body || activeElement === documentElement;
}

/** A frame or a closed component may hold a text field that we cannot see; then we keep off, too. */
function isTyping(active: Element | null): boolean {
  if (active === null) return false;
  if (active instanceof HTMLInputElement) return !NOT_TYPED.has(active.type);
  if (active instanceof HTMLElement && active.isContentEditable) return true;
  return active.matches("textarea, select, iframe, frame, object, embed, [role=textbox], [role=combobox]") ||
    active.localName.includes("-");
}

function deepActive(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}
