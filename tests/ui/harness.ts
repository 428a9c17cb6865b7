/** Puts the real overlay on a test's page, as content/ will, and notes what it asks for in `data-acts` of <html>. */
import { type Overlay, showOverlay } from "../../extension/src/content/overlay.ts";
import type { Warning } from "../../extension/src/shared/messages.ts";
import { type MessageTable, tableTranslate } from "../../extension/src/shared/translate.ts";

interface Setting {
  warning: Warning;
  tables: Record<string, MessageTable>;
  language: string;
  direction?: "ltr" | "rtl";
  /** Selector of the dialog; empty: a frame that cannot be placed. */
  dialog: string;
}

let overlay: Overlay | null = null;
let ending = new AbortController();

function show({ warning, tables, language, direction, dialog }: Setting): void {
  ending.abort();
  ending = new AbortController();
  const find = () => dialog === "" ? null : document.querySelector(dialog);
  const note = (act: string) => () => {
    const { dataset } = document.documentElement;
    dataset.acts = `${dataset.acts ?? ""}${act} `;
  };
  const translate = tableTranslate(tables, language);
  overlay = showOverlay(
    warning,
    { press: note("press"), dismiss: note("dismiss"), mute: (scope) => note(`mute-${scope}`)() },
    direction === undefined ? translate : Object.assign(translate, { direction }),
    {
      rect: () => find()?.getBoundingClientRect() ?? null,
      avoid: () =>
        [...find()?.querySelectorAll("button") ?? []].map((button) => button.getBoundingClientRect()),
      container: () => [...document.querySelectorAll(":modal")].at(-1) ?? null,
    },
    ending.signal,
  );
}

Object.assign(globalThis, {
  harness: {
    show,
    update: () => overlay?.update(),
    close: () => overlay?.close(),
    abort: () => ending.abort(),
  },
});
