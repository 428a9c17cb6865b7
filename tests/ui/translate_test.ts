/// <reference lib="deno.ns" />
import { MESSAGE_KEYS } from "../../extension/src/shared/message_keys.ts";
import {
  extensionTranslate,
  type MessageKey,
  type MessageTable,
  tableTranslate,
} from "../../extension/src/shared/translate.ts";

const LOCALES = new URL("../../extension/_locales/", import.meta.url);

function readTables(): Record<string, MessageTable> {
  const folders = [...Deno.readDirSync(LOCALES)].map(({ name }) => name);
  return Object.fromEntries(
    folders.map((
      name,
    ) => [name, JSON.parse(Deno.readTextFileSync(new URL(`${name}/messages.json`, LOCALES)))]),
  );
}

function equal(actual: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (one !== other) throw new Error(`expected ${other}, got ${one}`);
}

const TABLES = readTables();
const SAMPLE: Record<string, MessageTable> = {
  en: { overlayPress: { message: "$who$ pays $$5, then $2", placeholders: { Who: { content: "<$1>" } } } },
  ar: {},
  "pt_BR": {},
};

Deno.test("every language has exactly the keys that the program knows", () => {
  const keys = [...MESSAGE_KEYS].sort();
  equal(Object.keys(TABLES).length >= 6, true);
  for (const table of Object.values(TABLES)) equal(Object.keys(table).sort(), keys);
});

Deno.test("every language uses the placeholders of English, and declares those it uses", () => {
  for (const [language, table] of Object.entries(TABLES)) {
    for (const [key, { message, placeholders = {} }] of Object.entries(table)) {
      const used = [...message.matchAll(/\$([A-Za-z0-9_]+)\$/g)].map((match) => match[1]?.toLowerCase())
        .sort();
      equal([language, key, used], [language, key, Object.keys(placeholders).sort()]);
      equal([language, key, used], [language, key, Object.keys(TABLES.en?.[key]?.placeholders ?? {}).sort()]);
    }
  }
});

Deno.test("no message is empty, and the description fits the stores", () => {
  for (const table of Object.values(TABLES)) {
    for (const { message } of Object.values(table)) equal(message.trim() === "", false);
    equal((table.extensionDescription?.message.length ?? 999) <= 132, true);
  }
});

Deno.test("every language names itself", () => {
  for (const [language, table] of Object.entries(TABLES)) {
    equal(table.language?.message, language.replace("_", "-"));
  }
});

Deno.test("placeholders, numbers and dollar signs are filled as the browser fills them", () => {
  equal(tableTranslate(SAMPLE, "en")("overlayPress", ["Ann", "goes"]), "<Ann> pays $5, then goes");
});

Deno.test("a label that looks like a placeholder stays as it is", () => {
  equal(tableTranslate(TABLES, "en")("overlayPress", ["$LABEL$ $1"]), "Press ‘$LABEL$ $1’ for me");
});

Deno.test("the nearest language is taken, English at last, key by key", () => {
  equal(tableTranslate(TABLES, "de-AT").language, "de");
  equal(tableTranslate(SAMPLE, "pt-BR").language, "pt-BR");
  equal(tableTranslate(SAMPLE, "pt").language, "pt-BR");
  equal(tableTranslate(TABLES, "tlh").language, "en");
  equal(tableTranslate(SAMPLE, "ar")("overlayPress", ["Ann", ""]), "<\u2068Ann\u2069> pays $5, then ");
});

Deno.test("direction follows the language", () => {
  equal(tableTranslate(SAMPLE, "ar").direction, "rtl");
  equal(tableTranslate(SAMPLE, "en").direction, "ltr");
});

Deno.test("in the extension, the language is that of the words, not of the browser", () => {
  const getMessage = (key: string) => tableTranslate(TABLES, "en")(key as MessageKey);
  equal(extensionTranslate(getMessage, "nl").language, "en");
});
