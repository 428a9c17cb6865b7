/// <reference lib="deno.ns" />
/** What the worker keeps of a person's choices: all of it, whatever happens at once, and nothing that nobody chose. */
import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { choicesFor } from "../../extension/src/background/choices.ts";
import { eraseLedger, noteChoice, noteSeen } from "../../extension/src/background/ledger.ts";
import { mute, unmute } from "../../extension/src/background/mutes.ts";
import { changeSettings, importText, ownState } from "../../extension/src/background/own_state.ts";
import { markTab, shout } from "../../extension/src/background/signs.ts";
import type { Sender } from "../../extension/src/shared/browser.ts";
import type { Rule, RuleText } from "../../extension/src/shared/bundle_types.ts";
import { exportText } from "../../extension/src/shared/exchange.ts";
import type { OwnState } from "../../extension/src/shared/messages.ts";
import { translateIn } from "../../extension/src/shared/own_words.ts";
import { Device } from "./fake_device.ts";
import { OTHER_SITE, PRIVATE, TOP } from "./senders.ts";

const RULE = { id: "photo_consent", product: "any service" } as Rule;
const TEXT = { rule: "photo_consent", title: "{site} wants your photos" } as RuleText;
const SEEN = {
  type: "noteSeen",
  rule: RULE.id,
  severity: "warning",
  print: "p",
  host: "frame.example",
  rulesVersion: 3,
};

const mutes = (scope: string, sender: Sender = TOP, print = "p") =>
  mute({ type: "mute", scope, rule: RULE.id, print }, sender);
const sees = (sender: Sender = TOP, rest = {}) => noteSeen({ ...SEEN, ...rest }, sender, [RULE]);
const sets = (settings: unknown) => changeSettings({ type: "changeSettings", settings });

function on(name: string, act: (device: Device) => Promise<void>): void {
  Deno.test(name, () => act(new Device().use()));
}

on("mutes of many tabs at once are all kept", async () => {
  await Promise.all(Array.from({ length: 40 }, (_, at) => mutes("wording", TOP, `p${at}`)));
  strictEqual((await ownState()).mutes.length, 40);
});

on("settings, mutes and notes that change at once do not undo one another", async () => {
  await Promise.all([
    mutes("site"),
    sets({ speedBump: false }),
    sees(),
    mutes("rule", OTHER_SITE),
    sets({ highlight: false }),
  ]);
  const { settings, mutes: kept, ledger } = await ownState();
  deepStrictEqual([settings.speedBump, settings.highlight, kept.length, ledger.length], [false, false, 2, 1]);
});

on("each change is one write", async (device) => {
  await mutes("site");
  await sets({ speedBump: false });
  strictEqual(device.local.writes, 2);
});

on("a write that fails is told to who asked, and the next one goes on", async (device) => {
  device.local.failure = "disk full";
  await rejects(mutes("site"), /disk full/);
  device.local.failure = "";
  await mutes("site");
  strictEqual((await ownState()).mutes.length, 1);
});

on("the mute is of the sender's site, whatever the message says", async () => {
  const made = await mute({ type: "mute", scope: "site", rule: "r", print: "p", site: "b.example" }, TOP);
  strictEqual(made?.site, "a.example");
});

on("a mute that reaches nowhere or everywhere is not made", async () => {
  strictEqual(await mutes("everything"), undefined);
  strictEqual(await mutes("wording", TOP, ""), undefined);
  strictEqual(await mutes("site", { ...TOP, url: "about:blank" }), undefined);
});

on("a page undoes its own mutes only; a page of ours, any", async () => {
  const made = await mutes("site");
  const undo = { type: "unmute", ids: [made?.id] };
  await unmute(undo, "b.example");
  strictEqual((await choicesFor("a.example")).mutes.length, 1);
  await unmute({ type: "unmute", ids: "all" }, null);
  strictEqual((await choicesFor("a.example")).mutes.length, 1);
  await unmute(undo, null);
  strictEqual((await choicesFor("a.example")).mutes.length, 0);
});

on("a frame learns of no mute and no answer", async () => {
  await mutes("site");
  deepStrictEqual(await choicesFor(null), { settings: (await ownState()).settings, mutes: [] });
});

on("what was seen is noted, with what was chosen, and reminds on its own site", async () => {
  const id = await sees();
  await noteChoice({ type: "noteChoice", id, choice: "accepted" }, OTHER_SITE);
  strictEqual((await ownState()).ledger[0]?.choice, "unknown", "another site has no say in it");
  await noteChoice({ type: "noteChoice", id, choice: "accepted" }, TOP);
  const [note] = (await ownState()).ledger;
  deepStrictEqual([note?.site, note?.host, note?.product, note?.choice], [
    "a.example",
    "frame.example",
    "any service",
    "accepted",
  ]);
  deepStrictEqual((await choicesFor("a.example")).allowed?.map(({ rule }) => rule), ["photo_consent"]);
  deepStrictEqual((await choicesFor("b.example")).allowed, []);
});

on("a private window leaves no note, and neither does a switched-off ledger", async () => {
  strictEqual(await sees(PRIVATE), "");
  await sets({ ledger: false });
  strictEqual(await sees(), "");
  deepStrictEqual((await ownState()).ledger, []);
});

on(
  "a mute of a private window is written down nowhere, holds in private windows only, and can be undone",
  async (device) => {
    const made = await mutes("site", PRIVATE);
    deepStrictEqual([device.local.writes, (await ownState()).mutes], [0, []]);
    deepStrictEqual((await choicesFor("a.example")).mutes, []);
    deepStrictEqual((await choicesFor("a.example", true)).mutes, [made]);
    await unmute({ type: "unmute", ids: [made?.id] }, "b.example");
    strictEqual((await choicesFor("a.example", true)).mutes.length, 1);
    await unmute({ type: "unmute", ids: [made?.id] }, "a.example");
    deepStrictEqual((await choicesFor("a.example", true)).mutes, []);
  },
);

on("a page cannot have noted what no rule says", async () => {
  strictEqual(await sees(TOP, { rule: "invented" }), "");
  strictEqual(await sees(TOP, { host: "<b>" }), "");
  strictEqual(await sees(TOP, { severity: "alarm" }), "");
});

on("one note is erased, or all", async () => {
  const [one] = [await sees(), await sees(TOP, { print: "q" }), await sees(TOP, { print: "r" })];
  await eraseLedger({ type: "eraseLedger", id: one });
  strictEqual((await ownState()).ledger.length, 2);
  await eraseLedger({ type: "eraseLedger" });
  strictEqual((await ownState()).ledger.length, 0);
});

on("data of a newer Rollguard stays as it is, and the options say so", async (device) => {
  const newer = { schema: 9, mutes: "in a way of the future" };
  device.local.items = { mutes: newer };
  await mutes("site");
  deepStrictEqual(device.local.items.mutes, newer);
  deepStrictEqual((await ownState()).notes, ["browser's noteNewerData"]);
});

on("an import merges: nothing is lost, nothing doubled, and what is refused is named", async () => {
  const made = await mutes("site");
  const file = exportText(await ownState());
  await unmute({ type: "unmute", ids: [made?.id] }, null);
  await mutes("rule");
  await sets({ speedBump: false, highlight: false });
  const text = file.replace('"mutes": [', '"mutes": [7,');
  for (const _time of ["once", "twice"]) {
    const state = await importText({ type: "import", text }) as OwnState;
    deepStrictEqual(state.mutes.map(({ scope }) => scope).sort(), ["rule", "site"]);
    deepStrictEqual([state.settings.speedBump, state.settings.highlight], [true, true]);
    deepStrictEqual(state.notes, ["browser's noteImportLeftOut"]);
  }
});

on("what is no export is refused in the person's words", async () => {
  await sets({ language: "de" });
  const { noteImportForeign } = JSON.parse(
    await (await fetch(chromeUrl("_locales/de/messages.json"))).text(),
  );
  deepStrictEqual(await importText({ type: "import", text: "{}" }), { error: noteImportForeign.message });
});

on("what an administrator fixed holds, is named, and cannot be changed", async (device) => {
  device.policy = { speedBump: true, mutesForbidden: true, mutedSites: ["school.example"], colour: "red" };
  await sets({ speedBump: false, highlight: false });
  const { settings, managed, notes } = await ownState();
  deepStrictEqual([settings.speedBump, settings.highlight, notes], [true, false, []]);
  deepStrictEqual(managed, ["speedBump", "mutesForbidden", "mutedSites"]);
  strictEqual(await mutes("site"), undefined);
  deepStrictEqual((await choicesFor("school.example")).mutes.map(({ scope }) => scope), ["site"]);
  device.policy = null;
  strictEqual((await ownState()).settings.speedBump, true, "the person's own choice was not overwritten");
});

on("what was muted before an administrator forbade it warns again", async (device) => {
  await mutes("site");
  device.policy = { mutesForbidden: true };
  deepStrictEqual((await choicesFor("a.example")).mutes, []);
  strictEqual((await choicesFor("a.example")).mutesForbidden, true);
});

on(
  "a page that removes the warning is told of by badge and notification, in the rule's words",
  async (device) => {
    const translate = await translateIn("");
    await shout({ type: "shout", rule: RULE.id, host: "a.example" }, TOP, [TEXT], translate);
    strictEqual(JSON.stringify(device.notified).includes("a.example wants your photos"), true);
    deepStrictEqual(device.badges, [[{ tabId: 1, text: "!" }]]);
    await shout({ type: "shout", rule: "invented", host: "a.example" }, TOP, [TEXT], translate);
    strictEqual(device.notified.length, 1);
    await markTab({ type: "onScreen", rule: null, host: "" }, TOP, [TEXT], translate);
    deepStrictEqual(device.badges.at(-1), [{ tabId: 1, text: "" }]);
  },
);

function chromeUrl(path: string): string {
  return new URL(`../../extension/${path}`, import.meta.url).href;
}
