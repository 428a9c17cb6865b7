/// <reference lib="deno.ns" />
/** What a userscript manager keeps of a person's choices, while tabs write at once. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { DEFAULT_SETTINGS } from "../../extension/src/shared/settings.ts";
import { makeMute, type Mute, type MuteScope } from "../../extension/src/shared/mutes.ts";
import { addMute, choose, endMutes, mutesOf, settingsInUse } from "../../extension/src/userscript/person.ts";

const SITE = "a.example";
const mute = (id: string, scope: MuteScope = "wording", print = id): Mute =>
  makeMute(id, scope, { site: SITE, rule: "photo_consent", print }, Date.now());
const kept = async () => (await mutesOf(SITE)).map(({ id }) => id).sort();

/** A manager whose storage can be looked into; `later` runs before a write lands. */
function withStorage(
  name: string,
  act: (storage: Map<string, string>, tab: { later: () => Promise<void> }) => Promise<void>,
) {
  Deno.test(name, async () => {
    const storage = new Map<string, string>();
    const tab = { later: () => Promise.resolve() };
    const place = globalThis as { GM?: object };
    place.GM = {
      getValue: (key: string) => Promise.resolve(storage.get(key)),
      async setValue(key: string, value: string) {
        const { later } = tab;
        tab.later = () => Promise.resolve();
        await later();
        storage.set(key, value);
      },
    };
    try {
      await act(storage, tab);
    } finally {
      delete place.GM;
    }
  });
}

withStorage("a mute stays until it is undone, each reach beside the others", async () => {
  for (const scope of ["wording", "rule", "week", "site"] as const) await addMute(mute(scope, scope));
  deepStrictEqual(await kept(), ["rule", "site", "week", "wording"]);
  await endMutes(["rule", "week"]);
  deepStrictEqual(await kept(), ["site", "wording"]);
  deepStrictEqual(await mutesOf("b.example"), []);
});

withStorage("a mute that another tab's write swept away is written again", async (storage, tab) => {
  await addMute(mute("first"));
  const before = storage.get("mutes") ?? "";
  const add = addMute(mute("mine"));
  // The other tab read before our write, and writes after it.
  tab.later = () => Promise.resolve().then(() => void queueMicrotask(() => storage.set("mutes", before)));
  await add;
  deepStrictEqual(await kept(), ["first", "mine"]);
});

withStorage("an undoing that another tab's write swept away is done again", async (storage, tab) => {
  await addMute(mute("first"));
  const before = storage.get("mutes") ?? "";
  const end = endMutes(["first"]);
  tab.later = () => Promise.resolve().then(() => void queueMicrotask(() => storage.set("mutes", before)));
  await end;
  deepStrictEqual(await kept(), []);
});

withStorage("a manager that keeps nothing is not written to for ever", async (storage) => {
  let writes = 0;
  storage.set = () => (writes++, storage);
  await addMute(mute("one"));
  strictEqual(writes, 4);
});

withStorage("torn text is as if nothing were kept, and the next choice writes it anew", async (storage) => {
  storage.set("mutes", "{torn").set("settings", "[");
  deepStrictEqual([await kept(), await settingsInUse()], [[], DEFAULT_SETTINGS]);
  await addMute(mute("one"));
  await choose({ speedBump: false });
  deepStrictEqual([await kept(), (await settingsInUse()).speedBump], [["one"], false]);
  await choose({ highlight: false });
  deepStrictEqual([(await settingsInUse()).speedBump, (await settingsInUse()).highlight], [false, false]);
});

withStorage("what a newer version of the script wrote is left as it is", async (storage) => {
  const newer = JSON.stringify({ schema: 9 });
  storage.set("mutes", newer);
  await addMute(mute("one"));
  strictEqual(storage.get("mutes"), newer);
});
