/** Three libraries that keep the keyboard inside their dialogs, as their users would use them; each traps `#dialog`. */
import { Dialog, DialogPanel } from "npm:@headlessui/react@2.2.10";
import Modal from "npm:bootstrap@5.3.9/js/dist/modal.js";
import { createFocusTrap } from "npm:focus-trap@8.2.4";
import { createElement } from "npm:react@19.3.1";
import { createRoot } from "npm:react-dom@19.3.1/client";

const dialog = () => document.querySelector<HTMLElement>("#dialog") as HTMLElement;

function bootstrap(): void {
  const inner = document.createElement("div");
  inner.className = "modal-dialog";
  inner.append(...dialog().childNodes);
  dialog().append(inner);
  dialog().classList.add("modal");
  dialog().tabIndex = -1;
  new Modal(dialog(), { backdrop: true, focus: true, keyboard: true }).show();
}

/** The library draws the dialog itself: the words and controls of the page's own go into its panel. */
function headless(): void {
  const words = dialog().innerHTML;
  dialog().remove();
  const room = document.body.appendChild(document.createElement("div"));
  const panel = createElement(DialogPanel, { dangerouslySetInnerHTML: { __html: words } });
  const close = () => document.documentElement.dataset.closed = "by the library";
  createRoot(room).render(createElement(Dialog, { open: true, onClose: close, id: "dialog" }, panel));
}

function focusTrap(): void {
  createFocusTrap(dialog(), { escapeDeactivates: true, clickOutsideDeactivates: true }).activate();
}

Object.assign(globalThis, { traps: { bootstrap, headless, focusTrap } });
