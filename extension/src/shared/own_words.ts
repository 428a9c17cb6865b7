/** Our words in the language that the person chose; in the browser's where they chose none. */
import { fetchOwn, getMessage, getUILanguage, sendToWorker } from "./browser.ts";
import { GET_OWN_STATE, type OwnState } from "./messages.ts";
import {
  chosenTranslate,
  extensionTranslate,
  type MessageTable,
  type Translate,
  type Words,
} from "./translate.ts";

const FALLBACK = "en";
/** Chrome's store knows no plain Portuguese. */
const OTHER_FILES: Record<string, string> = { pt: "pt_BR" };

/** A page's words. Asks the worker what was chosen; should it be silent, the browser's language will do. */
export async function personTranslate(): Promise<Translate> {
  try {
    const state = await sendToWorker({ type: GET_OWN_STATE }) as OwnState | undefined;
    return await translateIn(state?.settings.language ?? "");
  } catch {
    return extensionTranslate(getMessage, getUILanguage());
  }
}

/** @param language as in the settings. */
export async function translateIn(language: string): Promise<Translate> {
  const words = await wordsIn(language);
  return words === null ? extensionTranslate(getMessage, getUILanguage()) : chosenTranslate(words);
}

/** The whole table of a chosen language, with English where it lacks words. Null: the browser's own language is meant. */
export async function wordsIn(language: string): Promise<Words | null> {
  if (language === "") return null;
  const [primary = ""] = language.split(/[-_]/);
  for (const name of [language.replaceAll("-", "_"), primary, OTHER_FILES[primary] ?? FALLBACK]) {
    const table = await readTable(name);
    if (table !== null) {
      return { language: table.language?.message ?? name, table: { ...await readTable(FALLBACK), ...table } };
    }
  }
  return null;
}

async function readTable(name: string): Promise<MessageTable | null> {
  try {
    return JSON.parse(await fetchOwn(`_locales/${name}/messages.json`)) as MessageTable;
  } catch {
    return null; // the package has no such language
  }
}
