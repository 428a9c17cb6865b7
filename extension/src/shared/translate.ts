/** The person's language: one source (`_locales`), two ways to it. The extension asks the browser, the userscript a table. */
import type { MessageKey } from "./message_keys.ts";

export type { MessageKey };

export interface Translate {
  (key: MessageKey, substitutions?: string[]): string;
  /** BCP 47 code of the language that the words are in, which may not be the one asked for. */
  language: string;
  direction: "ltr" | "rtl";
}

/** One `messages.json`. */
export type MessageTable = Record<string, {
  message: string;
  description?: string;
  placeholders?: Record<string, { content: string; example?: string }>;
}>;

/** A language that was chosen, with its words: the whole table, or as much of it as one place needs. */
export interface Words {
  language: string;
  table: MessageTable;
}

const FALLBACK = "en";
/** Languages that are written from right to left where nothing is said of the script (CLDR 47, `characterOrder`). */
const RIGHT_TO_LEFT = new Set([
  ...[
    "ar",
    "arc",
    "ary",
    "arz",
    "azb",
    "bal",
    "bgn",
    "bqi",
    "ckb",
    "dv",
    "fa",
    "glk",
    "he",
    "iw",
    "ji",
    "khw",
  ],
  ...["ks", "lrc", "luz", "mzn", "nqo", "pnb", "ps", "rhg", "sd", "sdh", "skr", "syr", "ug", "ur", "yi"],
]);
const RIGHT_TO_LEFT_SCRIPTS = new Set(["adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa"]);
const RIGHT_TO_LEFT_LETTER =
  /[\p{Script=Adlam}\p{Script=Arabic}\p{Script=Hanifi_Rohingya}\p{Script=Hebrew}\p{Script=Nko}\p{Script=Syriac}\p{Script=Thaana}]/u;
const LETTER = /\p{L}/gu;
/** Embeddings, overrides, isolates and marks: a page's label must not turn our own words around. */
const DIRECTION_SIGNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const [ISOLATE, END_OF_ISOLATE] = ["\u2068", "\u2069"];

/** `getMessage` is the browser's own; it picks the table by itself and does not say which one. */
export function extensionTranslate(
  getMessage: (key: string, substitutions?: string[]) => string,
  uiLanguage: string,
): Translate {
  return named(getMessage, getMessage("language") || uiLanguage);
}

/** The words of a language that the person chose, which the browser would not have chosen. */
export function chosenTranslate({ language, table }: Words): Translate {
  return tableTranslate({ [language]: table }, language);
}

/** One that can be exchanged while others hold it: the person may choose another language at any time. */
export function changeable(first: Translate): Translate & { use(next: Translate): void } {
  let current = first;
  const translate = (key: MessageKey, substitutions?: string[]) => current(key, substitutions);
  Object.defineProperties(translate, {
    language: { get: () => current.language },
    direction: { get: () => current.direction },
    use: { value: (next: Translate) => void (current = next) },
  });
  return translate as Translate & { use(next: Translate): void };
}

/** `tables`: language → messages.json. `language`: what the person prefers, such as `pt-BR`. */
export function tableTranslate(tables: Record<string, MessageTable>, language: string): Translate {
  const chosen = nearest(Object.keys(tables), language);
  return named((key, substitutions = []) => {
    const entry = tables[chosen]?.[key] ?? tables[FALLBACK]?.[key];
    return entry === undefined ? "" : fill(entry, substitutions);
  }, chosen.replaceAll("_", "-"));
}

function named(lookUp: (key: string, substitutions?: string[]) => string, language: string): Translate {
  const direction = directionOf(language);
  const translate = (key: MessageKey, substitutions?: string[]) =>
    lookUp(key, substitutions?.map((words) => isolated(words, direction)));
  return Object.assign(translate, { language, direction });
}

/** A script that is named decides, as in `az-Arab` and `ks-Deva`; else the language does. */
export function directionOf(language: string): Translate["direction"] {
  const [primary = "", ...rest] = language.toLowerCase().split(/[-_]/);
  const script = rest.find((part) => /^[a-z]{4}$/.test(part));
  const isRightToLeft = script === undefined ? RIGHT_TO_LEFT.has(primary) : RIGHT_TO_LEFT_SCRIPTS.has(script);
  return isRightToLeft ? "rtl" : "ltr";
}

/** Words that run against ours stand by themselves: commas and brackets around them stay where we put them. */
function isolated(words: string, direction: Translate["direction"]): string {
  const plain = words.replace(DIRECTION_SIGNS, "");
  const letters = plain.match(LETTER) ?? [];
  const runsAgainst = letters.some((letter) => RIGHT_TO_LEFT_LETTER.test(letter) !== (direction === "rtl"));
  return runsAgainst ? `${ISOLATE}${plain}${END_OF_ISOLATE}` : plain;
}

/** Exactly the language, else the same language from elsewhere, else English. */
function nearest(known: string[], language: string): string {
  const wanted = language.replaceAll("_", "-").toLowerCase();
  const normal = (code: string) => code.replaceAll("_", "-").toLowerCase();
  const primary = wanted.split("-")[0];
  return known.find((code) => normal(code) === wanted) ??
    known.find((code) => normal(code) === primary) ??
    known.find((code) => normal(code).split("-")[0] === primary) ??
    FALLBACK;
}

/** The format of `messages.json`: `$NAME$` stands for a placeholder, `$1` in it for a substitution, `$$` for a dollar sign. */
function fill(entry: MessageTable[string], substitutions: string[]): string {
  const placeholders = new Map(
    Object.entries(entry.placeholders ?? {}).map(([name, { content }]) => [name.toLowerCase(), content]),
  );
  const numbered = (text: string) =>
    text.replace(/\$([1-9])/g, (_match, digit: string) => substitutions[Number(digit) - 1] ?? "");
  return entry.message.replace(
    /\$\$|\$([A-Za-z0-9_@]+)\$|\$([1-9])/g,
    (match, name?: string, digit?: string) => {
      if (match === "$$") return "$";
      if (digit !== undefined) return numbered(match);
      const content = placeholders.get((name ?? "").toLowerCase());
      return content === undefined ? match : numbered(content);
    },
  );
}
