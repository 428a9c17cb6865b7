/// <reference lib="deno.ns" />
/** Two devices of one person: they come to the same, lose nothing, and say so where that cannot be. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { noteSeen } from "../../extension/src/background/ledger.ts";
import { mute, unmute } from "../../extension/src/background/mutes.ts";
import { changeSettings, ownState } from "../../extension/src/background/own_state.ts";
import { synchronise } from "../../extension/src/background/sync.ts";
import { fromEntries, toEntries } from "../../extension/src/background/sync_record.ts";
import type { Rule } from "../../extension/src/shared/bundle_types.ts";
import { DEFAULT_SETTINGS } from "../../extension/src/shared/settings.ts";
import { books, DAY, fc, NOW, settings } from "../shared/world.ts";
import { Account, Device } from "./fake_device.ts";
import { TOP } from "./senders.ts";

let told = 0;
const syncs = (device: Device, isTold = false) => {
  device.use();
  return synchronise(() => Promise.resolve(void told++), isTold);
};
const mutes = (device: Device, print: string) => {
  device.use();
  return mute({ type: "mute", scope: "wording", rule: "photo_consent", print }, TOP);
};
const sets = (device: Device, settings: unknown) => {
  device.use();
  return changeSettings({ type: "changeSettings", settings });
};
const prints = async (device: Device) => {
  device.use();
  return (await ownState()).mutes.map(({ print }) => print).sort();
};

async function pair(): Promise<{ account: Account; one: Device; two: Device }> {
  const account = new Account();
  const [one, two] = [new Device(account), new Device(account)];
  for (const device of [one, two]) await sets(device, { sync: true });
  return { account, one, two };
}

Deno.test("nothing leaves a device before the person switches syncing on", async () => {
  const account = new Account();
  const device = new Device(account);
  await mutes(device, "p");
  await syncs(device);
  deepStrictEqual(account.items, {});
});

Deno.test("mutes of both devices come together, and neither goes on writing", async () => {
  const { account, one, two } = await pair();
  await mutes(one, "one");
  await mutes(two, "two");
  for (const device of [one, two, one, two]) await syncs(device);
  deepStrictEqual([await prints(one), await prints(two)], [["one", "two"], ["one", "two"]]);
  const { writes } = account;
  told = 0;
  for (const device of [one, two, one]) await syncs(device, true);
  deepStrictEqual([account.writes, told], [writes, 0]);
});

Deno.test("an undoing wins over the other device's mute", async () => {
  const { one, two } = await pair();
  const made = await mutes(one, "p");
  for (const device of [one, two]) await syncs(device);
  two.use();
  await unmute({ type: "unmute", ids: [made?.id] }, null);
  for (const device of [two, one]) await syncs(device);
  deepStrictEqual(await prints(one), []);
});

Deno.test("the last choice of a setting holds on both devices; whether to sync is each one's own", async () => {
  const { one, two } = await pair();
  await sets(one, { speedBump: false, language: "de" });
  for (const device of [one, two]) await syncs(device);
  await sets(two, { sync: false });
  await syncs(one);
  one.use();
  strictEqual((await ownState()).settings.sync, true);
  two.use();
  deepStrictEqual((await ownState()).settings, { ...DEFAULT_SETTINGS, speedBump: false, language: "de" });
});

Deno.test("a device that joins takes over what was chosen, and does not overrule it", async () => {
  const account = new Account();
  const [old, fresh] = [new Device(account), new Device(account)];
  await sets(old, { sync: true, highlight: false });
  await syncs(old);
  await sets(fresh, { sync: true });
  await syncs(fresh);
  strictEqual((await ownState()).settings.highlight, false);
});

Deno.test("the ledger never leaves the device", async () => {
  const { account, one } = await pair();
  const seen = {
    type: "noteSeen",
    rule: "photo_consent",
    severity: "warning",
    print: "secretprint",
    host: "h.example",
  };
  one.use();
  const rule = { id: "photo_consent", product: "x" } as Rule;
  const id = await noteSeen({ ...seen, rulesVersion: 1 }, TOP, [rule]);
  await mutes(one, "p");
  await syncs(one);
  const travelled = JSON.stringify(account.items);
  strictEqual(id !== "" && !travelled.includes(id) && !travelled.includes("secretprint"), true);
});

Deno.test("what does not fit stays here whole, and that is said", async () => {
  const { account, one } = await pair();
  await Promise.all(Array.from({ length: 600 }, (_, at) => mutes(one, `print${at}`)));
  await syncs(one);
  const { mutes: kept, notes } = await ownState();
  deepStrictEqual([kept.length, notes], [600, ["browser's noteSyncFull"]]);
  await unmute({ type: "unmute", ids: kept.slice(0, 500).map(({ id }) => id) }, null);
  strictEqual(account.writes, 0);
});

Deno.test("a browser that refuses, or cannot sync, is told of, and the next time may be fine", async () => {
  const { account, one } = await pair();
  account.failure = "MAX_WRITE_OPERATIONS_PER_MINUTE";
  await mutes(one, "p");
  await syncs(one);
  deepStrictEqual((await ownState()).notes, ["browser's noteSyncFailed"]);
  account.failure = "";
  await syncs(one);
  deepStrictEqual((await ownState()).notes, []);
  const alone = new Device();
  await sets(alone, { sync: true });
  await syncs(alone);
  deepStrictEqual((await ownState()).notes, ["browser's noteSyncMissing"]);
});

Deno.test("a record that comes in parts is waited for, and a newer Rollguard's is left alone", async () => {
  const { account, one, two } = await pair();
  await Promise.all(Array.from({ length: 60 }, (_, at) => mutes(one, `print${at}`)));
  await syncs(one);
  const whole = structuredClone(account.items);
  delete account.items["person:1"];
  await syncs(two, true);
  deepStrictEqual([await prints(two), account.items["person:1"]], [[], undefined]);
  account.items = whole;
  await syncs(two, true);
  strictEqual((await prints(two)).length, 60);
  account.items = { person: { schema: 9 } };
  await mutes(two, "later");
  await syncs(two);
  deepStrictEqual(account.items, { person: { schema: 9 } });
});

Deno.test("what travels comes back as it was, in entries that every browser takes", () => {
  fc.assert(fc.property(books, settings, (book, settings) => {
    const person = {
      ...book,
      settings: { ...settings, sync: false },
      changed: new Date(NOW - DAY).toISOString(),
    };
    const entries = toEntries(person, "stamp");
    const back = fromEntries(JSON.parse(JSON.stringify(entries)));
    const sorted = { ...person, mutes: person.mutes.toSorted((one, other) => one.id < other.id ? -1 : 1) };
    deepStrictEqual(typeof back === "string" ? back : { ...back, ledger: [] }, { ...sorted, ledger: [] });
  }));
});
