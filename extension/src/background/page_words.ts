/** What a content script needs of a language that the browser would not give it. */
import { wordsIn } from "../shared/own_words.ts";
import type { Words } from "../shared/translate.ts";

const OF_PAGES = /^(?:overlay|note|language$|extensionName$)/;

/** @param language as in the settings. Undefined: the browser's own words are meant. */
export async function pageWords(language: string): Promise<Words | undefined> {
  const words = await wordsIn(language);
  if (words === null) return undefined;
  const table = Object.entries(words.table).filter(([key]) => OF_PAGES.test(key));
  const plain = table.map(([key, { message, placeholders }]) => [key, { message, placeholders }]);
  return { language: words.language, table: Object.fromEntries(plain) };
}
