/// <reference lib="deno.ns" />
/** What a person reads: their language where it is there, English where it is not, and never nothing. */
import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { bundleOf, textsOf } from "./bundles.ts";
import { ChannelInstall, installWith } from "./channel_install.ts";
import type { RepositorySimulator } from "./repository_simulator.ts";

const PAGE = "https://a.example/";
const GERMAN = textsOf("de", { rule: "one", title: "eins fragt" });
const SOURCES = ["press", "help"].map((id) => ({ id, title: id, url: "https://x.example/", date: "2026" }));
const cites = (...ids: string[]) => ids.map((source) => ({ text: "It uploads.", source }));

function titles({ channel }: ChannelInstall, language: string): string[] {
  return channel.rulesFor(PAGE, language).texts.map(({ title }) => title);
}

function textRequests(repository: RepositorySimulator): string[] {
  return repository.takeRequests().filter((path) => path.includes("texts/")).map((path) =>
    path.replace(/[0-9a-f]{64}\./, "")
  );
}

/** A release with English and German, in a build or checked by one. */
async function speaking(language: string) {
  const { repository, recaller, install } = await installWith("one", "two");
  await repository.release(bundleOf("one", "two"), { de: GERMAN, fr: textsOf("fr", "one", "two") });
  await install.channel.load(language);
  await install.channel.check();
  return { repository, recaller, install };
}

Deno.test("each rule speaks the person's language, and English where it has no text in it", async () => {
  const { install } = await speaking("de-AT");
  deepStrictEqual(titles(install, "de-AT"), ["eins fragt", "two asks"]);
});

Deno.test("a client fetches its own language and English, and no other", async () => {
  const { repository, install } = await installWith("one", "two");
  await install.channel.load("de-AT");
  await repository.release(bundleOf("one", "two", "three"), {
    de: GERMAN,
    fr: textsOf("fr", "one"),
    en: textsOf("en", "one", "two", "three"),
  });
  await install.channel.check();
  deepStrictEqual(textRequests(repository), ["targets/texts/de.jsonl", "targets/texts/en.jsonl"]);
  await repository.release(bundleOf("one", "two", "three"), { fr: textsOf("fr", "one", "two") });
  await install.channel.check();
  deepStrictEqual(textRequests(repository), []);
});

for (
  const [browser, here] of [
    ["pt-BR", "pt"],
    ["pt-PT", "pt-PT"],
    ["zh-TW", "zh-Hant"],
    ["zh_Hant_HK", "zh-Hant"],
    ["zh-CN", "zh-Hans"],
    ["no", "nb"],
    ["nb-NO", "nb"],
    ["fil", "tl"],
  ] as const
) {
  Deno.test(`what a browser calls ${browser} is ${here} here`, async () => {
    const { repository, install } = await installWith("one");
    const others = { pt: textsOf("pt", "one"), "zh-Hans": textsOf("zh-Hans", "one") };
    await repository.release(bundleOf("one"), { ...others, [here]: textsOf(here, "one") });
    await install.channel.load(browser);
    await install.channel.check();
    strictEqual(install.channel.rulesFor(PAGE, browser).texts[0]?.language, here);
  });
}

Deno.test("another language is English at first, and there after the next check", async () => {
  const { repository, install } = await speaking("de");
  deepStrictEqual(titles(install, "fr"), ["one asks", "two asks"]);
  strictEqual(install.channel.rulesFor(PAGE, "fr").texts[0]?.language, "en");
  repository.takeRequests();
  strictEqual(await install.channel.check(), true);
  deepStrictEqual(textRequests(repository), ["targets/texts/fr.jsonl"]);
  strictEqual(install.channel.rulesFor(PAGE, "fr").texts[0]?.language, "fr");
});

Deno.test("who asks in two languages by turns gets both", async () => {
  const { install } = await speaking("de");
  titles(install, "fr");
  await install.channel.check();
  for (const _ of [1, 2]) {
    strictEqual(install.channel.rulesFor(PAGE, "de").texts[0]?.language, "de");
    strictEqual(install.channel.rulesFor(PAGE, "fr").texts[0]?.language, "fr");
    await install.channel.check();
  }
});

Deno.test("another language that is kept or baked is there at once", async () => {
  const { repository, install } = await speaking("de");
  const built = new ChannelInstall(repository, repository.bake());
  await built.channel.load("de");
  strictEqual(built.channel.rulesFor(PAGE, "fr").texts[0]?.language, "en");
  await built.channel.speak("fr");
  strictEqual(built.channel.rulesFor(PAGE, "fr").texts[0]?.language, "fr");
  await install.channel.load("fr");
  await install.channel.check();
  await install.channel.speak("de");
  deepStrictEqual(titles(install, "de"), ["eins fragt", "two asks"]);
});

Deno.test("of a build's texts only those of the language are read, and spoilt ones are not used", async () => {
  const { repository } = await speaking("de");
  const { files, ...trust } = repository.bake();
  const apart = Object.entries(files).filter(([path]) => !path.startsWith("texts/"));
  const read: string[] = [];
  const baked = (spoil: (text: string) => string) => ({
    ...trust,
    files: Object.fromEntries(apart),
    read: (path: string) => {
      read.push(path);
      const text = files[path];
      return text === undefined ? Promise.reject(new Error("no such file")) : Promise.resolve(spoil(text));
    },
  });
  const install = new ChannelInstall(repository, baked((text) => text));
  await install.channel.load("de-AT");
  deepStrictEqual(titles(install, "de-AT"), ["eins fragt", "two asks"]);
  deepStrictEqual([...new Set(read)], ["texts/de.jsonl", "texts/en.jsonl"]);
  const spoilt = new ChannelInstall(repository, baked((text) => text.replace("eins fragt", "alles gut")));
  await spoilt.channel.load("de");
  deepStrictEqual(titles(spoilt, "de"), ["one asks", "two asks"]);
});

for (
  const [name, spoil] of [
    ["lost", (files: Map<string, string>, path: string) => files.delete(path)],
    ["spoilt", (files: Map<string, string>, path: string) => files.set(path, GERMAN.replace("eins", "drei"))],
  ] as const
) {
  Deno.test(`where new texts are ${name}, the old ones stay, English fills the rest, and the next check mends it`, async () => {
    const { repository, install } = await speaking("de");
    const newer = textsOf("de", { rule: "one", title: "eins fragt neu" }, {
      rule: "three",
      title: "drei fragt",
    });
    await repository.release(bundleOf("one", "two", "three"), {
      de: newer,
      en: textsOf("en", "one", "two", "three"),
    });
    const path = [...repository.files.keys()].findLast((path) => path.endsWith(".de.jsonl")) ?? "";
    spoil(repository.files, path);
    await install.channel.check();
    deepStrictEqual(install.rules(), ["one", "three", "two"]);
    deepStrictEqual(titles(install, "de"), ["eins fragt", "three asks", "two asks"]);
    match(install.channel.status().error, /de\.jsonl/);
    repository.files.set(path, newer);
    await install.channel.check();
    strictEqual(install.channel.status().error, "");
    deepStrictEqual(titles(install, "de"), ["eins fragt neu", "drei fragt", "two asks"]);
  });
}

Deno.test("a rule without any text warns with its own summary", async () => {
  const { repository, install } = await installWith("one");
  await repository.release(bundleOf("one", { id: "two", summary: "It asks for all." }));
  await install.channel.check();
  deepStrictEqual(titles(install, "de"), ["one asks", "It asks for all."]);
});

Deno.test("a text that cites what its rule no longer names is not used", async () => {
  const rule = { id: "one", sources: SOURCES };
  const { repository, install } = await installWith(rule);
  await repository.release(bundleOf(rule), {
    de: textsOf("de", { rule: "one", title: "gestern", consequences: cites("gone") }),
    en: textsOf("en", { rule: "one", title: "today", consequences: cites("press") }),
  });
  await install.channel.load("de");
  await install.channel.check();
  deepStrictEqual(titles(install, "de"), ["today"]);
});

Deno.test("a rule speaks with another's words and sources where it has none of its own", async () => {
  const own = { id: "own", texts_like: "any", sources: SOURCES.slice(0, 1) };
  const any = { id: "any", sources: SOURCES.slice(1) };
  const { repository, install } = await installWith(own, any);
  await repository.release(bundleOf(own, any), {
    de: textsOf("de", { rule: "any", title: "{site} fragt", consequences: cites("help") }),
    en: textsOf("en", { rule: "own", title: "Own asks", consequences: cites("press") }, "any"),
  });
  await install.channel.load("de");
  await install.channel.check();
  const german = install.channel.rulesFor(PAGE, "de");
  const text = german.texts.find(({ rule }) => rule === "own");
  deepStrictEqual([text?.title, text?.language], ["{site} fragt", "de"]);
  deepStrictEqual(german.rules.find(({ id }) => id === "own")?.sources, SOURCES.slice(1));
  const english = install.channel.rulesFor(PAGE, "en");
  strictEqual(english.texts.find(({ rule }) => rule === "own")?.title, "Own asks");
  deepStrictEqual(english.rules.find(({ id }) => id === "own")?.sources, SOURCES.slice(0, 1));
});

Deno.test("where all is recalled, the build's rules speak with the build's texts", async () => {
  const { repository, recaller, install } = await installWith("one");
  await repository.release(bundleOf("one"), { en: textsOf("en", { rule: "one", title: "poisoned" }) });
  await install.channel.check();
  deepStrictEqual(titles(install, "en"), ["poisoned"]);
  await recaller.publish({ rules: [], isAll: true });
  strictEqual(await install.channel.check(), true);
  deepStrictEqual(titles(install, "en"), ["one asks"]);
});

Deno.test("records that this version does not know are left out by name, and so is a file of a later format", async () => {
  const { repository, install } = await installWith("one");
  const more = '{"kind":"newer","id":"else"}\n';
  await repository.release(bundleOf("one"), {
    de: GERMAN + more,
    en: textsOf("en", "one").replace('"format":1', '"format":2'),
  });
  await install.channel.load("de");
  await install.channel.check();
  deepStrictEqual(titles(install, "de"), ["eins fragt"]);
  const { error, skipped } = install.channel.status();
  strictEqual(error, "");
  deepStrictEqual(skipped, [
    "texts/de.jsonl: else: a kind of record that this version does not know",
    "texts/en.jsonl: texts: this engine reads format 1 only",
  ]);
});

Deno.test("the catalogue names every rule", async () => {
  const { install } = await speaking("de");
  deepStrictEqual(install.channel.catalogue("de").rules.map(({ id }) => id), ["one", "two"]);
});
