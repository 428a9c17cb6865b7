/** Puts the real overlay on a test's page, as content/ will, and notes what it asks for in `data-acts` of <html>. */
import { DialogSide } from "../../extension/src/content/dialog_side.ts";
import type { Found } from "../../extension/src/content/guard.ts";
import { showOverlay } from "../../extension/src/content/overlay.ts";
import type { Overlay } from "../../extension/src/content/overlay_contract.ts";
import type { Warning } from "../../extension/src/shared/messages.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../extension/src/shared/settings.ts";
import { type MessageTable, tableTranslate } from "../../extension/src/shared/translate.ts";

interface Setting {
  warning: Warning;
  tables: Record<string, MessageTable>;
  language: string;
  direction?: "ltr" | "rtl";
  /** Selector of the dialog; empty: a frame that cannot be placed. */
  dialog: string;
  settings?: Partial<Settings>;
}

let overlay: Overlay | null = null;
let ending = new AbortController();
let side: DialogSide | null = null;

function note(act: string): void {
  const { dataset } = document.documentElement;
  dataset.acts = `${dataset.acts ?? ""}${act} `;
}

function show({ warning, tables, language, direction, dialog, settings = {} }: Setting): void {
  ending.abort();
  ending = new AbortController();
  const find = () => dialog === "" ? null : document.querySelector(dialog);
  const translate = tableTranslate(tables, language);
  if (direction !== undefined) Object.assign(translate, { direction });
  const found = foundIn(find(), warning);
  const guard = {
    current: () => found,
    pressDecline: () => note("press"),
    dismiss: () => note("dismiss"),
    recall: () => note("undo-dismiss"),
  };
  const dialogSide = side = new DialogSide(
    guard,
    {
      settings: () => ({ ...DEFAULT_SETTINGS, ...settings }),
      isSeen: () => overlay?.isSeen() ?? false,
      titleOf: () => "An example wants your pictures",
      chose: (_found, choice) => note(choice),
    },
    translate,
    ending.signal,
  );
  let undo = () => dialogSide.act("1", "recall");
  overlay = showOverlay(
    warning,
    {
      press: () => dialogSide.act("1", "press"),
      dismiss: () => dialogSide.act("1", "dismiss"),
      mute(scope) {
        note(`mute-${scope}`);
        undo = () => note(`undo-${scope}`);
      },
      undo: () => undo(),
      showDecline: () => dialogSide.act("1", "show"),
      removed: () => note("removed"),
    },
    translate,
    {
      rect: () => find()?.getBoundingClientRect() ?? null,
      avoid: () =>
        [...find()?.querySelectorAll("button") ?? []].map((button) => button.getBoundingClientRect()),
      container: () => [...document.querySelectorAll(":modal")].at(-1) ?? null,
    },
    ending.signal,
  );
  dialogSide.act("1", "shown");
}

function foundIn(element: Element | null, { key, print, verdict }: Warning): Found | null {
  if (element === null) return null;
  const find = (selector: string) => element.querySelector(selector);
  return {
    key,
    verdict,
    print,
    element,
    accept: find("#yes"),
    decline: find("#no"),
    ranges: rangesIn(element),
  };
}

function rangesIn(element: Element): StaticRange[] {
  const node = element.querySelector("p")?.firstChild;
  const startOffset = node?.nodeValue?.indexOf("camera roll") ?? -1;
  if (!node || startOffset < 0) return [];
  return [
    new StaticRange({ startContainer: node, startOffset, endContainer: node, endOffset: startOffset + 11 }),
  ];
}

Object.assign(globalThis, {
  harness: {
    show,
    act: (act: Parameters<DialogSide["act"]>[1]) => side?.act("1", act),
    update: () => overlay?.update(),
    close: () => overlay?.close(),
    abort: () => ending.abort(),
  },
});
