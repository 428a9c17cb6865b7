/** The overlay's ear: takes what the person does to our element, and keeps it from the page. */

/**
 * The page sees none of these when they happen on our element. It would take a press on the overlay for a
 * press outside its dialog and close it, and its focus trap would pull the keyboard back.
 */
const OURS = [
  ..."pointerdown pointerup mousedown mouseup click dblclick auxclick contextmenu".split(" "),
  ..."touchstart touchmove touchend wheel".split(" "),
  ..."keydown keypress keyup focusin focusout focus blur copy".split(" "),
  // A page could cancel the first and so keep us from being shown.
  ..."beforetoggle toggle".split(" "),
];

export interface Guarded {
  host: HTMLElement;
  shadow: ShadowRoot;
  onPress(pressed: Element, event: MouseEvent): void;
  onKey(event: KeyboardEvent): void;
}

export function guardOverlay({ host, shadow, onPress, onKey }: Guarded, signal: AbortSignal): void {
  const listen = (event: Event) => {
    const isOurs = event.target === host;
    if (event instanceof KeyboardEvent && event.type === "keydown" && event.isTrusted) onKey(event);
    if (!isOurs && !isLeavingFor(host, event)) return;
    event.stopImmediatePropagation();
    if (!isOurs || !event.isTrusted || event.type !== "click" || !(event instanceof MouseEvent)) return;
    const pressed = findPressed(shadow, event);
    if (pressed !== null) onPress(pressed, event);
  };
  // On the window and while capturing: ahead of whatever listens on the document.
  for (const type of OURS) {
    globalThis.addEventListener(type, listen, { capture: true, passive: type !== "keydown", signal });
  }
}

/** Focus goes from the page to us; focus traps act on that, too. */
function isLeavingFor(host: HTMLElement, event: Event): boolean {
  return event instanceof FocusEvent && event.type === "focusout" && event.relatedTarget === host;
}

/** A listener outside cannot see into a closed tree, so the place tells; a keyboard's click has none, but focus. */
function findPressed(shadow: ShadowRoot, event: MouseEvent): Element | null {
  if (event.detail === 0) return shadow.activeElement;
  return shadow.elementFromPoint(event.clientX, event.clientY);
}
