/// <reference lib="deno.ns" />
/** Ten thousand clients draw lots. */
import { deepStrictEqual, match, notDeepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { sha256Hex } from "../../extension/src/trust/hashes.ts";
import { ownNumber, takesPart } from "../../extension/src/trust/rollout.ts";
import { bundleOf } from "./bundles.ts";
import { installWith } from "./channel_install.ts";
import { MemoryStore } from "./memory_store.ts";

const CLIENTS = 10_000;
const SALTS = ["2026-11-22a", "2027-01-03a"];
/** Enough for what takes many rounds. */
const FEW = 2_000;

/** Numbers as a client draws them, but the same in each run of the test. */
const NUMBERS = await Promise.all(
  Array.from({ length: CLIENTS }, async (_, client) => (await sha256Hex(`client ${client}`)).slice(0, 32)),
);

async function takers(percent: number, salt: string, among = NUMBERS): Promise<Set<string>> {
  const taking = await Promise.all(among.map((number) => takesPart(number, { percent, salt })));
  return new Set(among.filter((_, client) => taking[client]));
}

/** Beyond four standard deviations it is not chance: for fair lots, one test run in 16,000 would see that. */
function isNear(count: number, share: number, among = CLIENTS): boolean {
  return Math.abs(count - share * among) <= 4 * Math.sqrt(among * share * (1 - share));
}

for (const percent of [1, 10, 50]) {
  Deno.test(`a rule for ${percent} % goes to that share of ten thousand clients, whatever the salt`, async () => {
    for (const salt of SALTS) {
      const { size } = await takers(percent, salt);
      ok(isNear(size, percent / 100), `${size} with ${salt}`);
    }
  });
}

Deno.test("a rule for 100 % goes to everybody", async () => {
  strictEqual((await takers(100, "2026-11-22a")).size, CLIENTS);
});

Deno.test("who was among the first stays among them when the share grows", async () => {
  const [first, more] = [await takers(10, "2026-11-22a"), await takers(40, "2026-11-22a")];
  strictEqual([...first].every((number) => more.has(number)), true);
});

Deno.test("a new salt draws anew: of the first tenth, a tenth is among the first again", async () => {
  const [first, second] = [await takers(10, "2026-11-22a"), await takers(10, "2026-11-22b")];
  const twice = [...first].filter((number) => second.has(number)).length;
  ok(isNear(twice, 0.01), `${twice} of ${CLIENTS}`);
});

Deno.test("over thirty roll-outs nobody is always the first, and hardly anybody never", async () => {
  const clients = NUMBERS.slice(0, FEW);
  const counts = new Map(clients.map((number) => [number, 0]));
  for (let round = 0; round < 30; round++) {
    for (const number of await takers(10, `round ${round}`, clients)) {
      counts.set(number, (counts.get(number) ?? 0) + 1);
    }
  }
  const most = Math.max(...counts.values());
  ok(most < 14, `${most} of 30; one client in three million is that lucky`);
  const never = [...counts.values()].filter((count) => count === 0).length;
  ok(isNear(never, 0.9 ** 30, FEW), `${never} of ${FEW}`);
});

// printf %s 000000000000000000000000000000002026-11-22a | sha256sum: begins 79f2de60142e7075, modulo 10000 that is 3461.
Deno.test("the lot is the first eight bytes of the hash, modulo ten thousand", async () => {
  const takes = (percent: number) => takesPart("0".repeat(32), { percent, salt: "2026-11-22a" });
  deepStrictEqual([await takes(34), await takes(35)], [false, true]);
});

Deno.test("the client's number is drawn once, has 128 bits, and is kept", async () => {
  const store = new MemoryStore();
  const number = await ownNumber(store);
  match(number, /^[0-9a-f]{32}$/);
  strictEqual(await ownNumber(store), number);
  notDeepStrictEqual(await ownNumber(new MemoryStore()), number);
});

for (const torn of ["", "12", "0".repeat(31) + "x", "null"]) {
  Deno.test(`where ${JSON.stringify(torn)} is kept instead of a number, another is drawn`, async () => {
    const store = new MemoryStore([["channel:number", torn]]);
    match(await ownNumber(store), /^[0-9a-f]{32}$/);
  });
}

Deno.test("a full disk does not keep a client from drawing", async () => {
  const store = new MemoryStore();
  store.dieAfterWrites(0, false);
  match(await ownNumber(store), /^[0-9a-f]{32}$/);
});

Deno.test("a client takes the rules it drew, names those it did not, and asks for the same bytes as all others", async () => {
  const { repository, install } = await installWith("always");
  const lucky = NUMBERS.find((_, client) => client === 0) ?? "";
  await install.store.write("channel:number", lucky);
  const salt = "2026-11-22a";
  const drawn = await Promise.all([1, 50, 100].map((percent) => takesPart(lucky, { percent, salt })));
  const rules = [1, 50, 100].map((percent) => ({ id: `to_${percent}`, rollout: { percent, salt } }));
  await repository.release(bundleOf("always", ...rules));
  repository.takeRequests();
  await install.channel.check();
  const expected = ["always", ...rules.filter((_, index) => drawn[index]).map(({ id }) => id)];
  deepStrictEqual(install.rules().toSorted(), expected.toSorted());
  strictEqual(install.channel.status().skipped.length, 4 - expected.length);
  const asked = repository.takeRequests().join();
  strictEqual(asked.includes(lucky), false);
  const other = await install.restarted(new MemoryStore());
  await other.channel.check();
  strictEqual(repository.takeRequests().join(), asked);
});

Deno.test("without a roll-out no number is drawn", async () => {
  const { install } = await installWith("always");
  await install.channel.check();
  strictEqual(install.store.texts.has("channel:number"), false);
});

Deno.test("a recalled rule stays off, whatever its share", async () => {
  const { recaller, install } = await installWith({ id: "bad", rollout: { percent: 100, salt: "a" } });
  await recaller.publish({ rules: ["bad"] });
  await install.channel.check();
  deepStrictEqual(install.rules(), []);
});
