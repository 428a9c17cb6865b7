/** Which of the page's controls an event is for. */

/** Whether it reaches the control as the person means it: on it, in it, or on a label of its own. */
export function isFor(event: Event, control: Element): boolean {
  return event.composedPath().some((node) =>
    node === control || (node instanceof HTMLLabelElement && node.control === control)
  );
}

export function isPressKey(event: Event): boolean {
  return event instanceof KeyboardEvent && (event.key === "Enter" || event.key === " ");
}
