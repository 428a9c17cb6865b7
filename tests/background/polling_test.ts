/// <reference lib="deno.ns" />
/** The worker's polling in a fake browser, beside a repository in memory. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { listen, Polling } from "../../extension/src/background/polling.ts";
import { RuleChannel } from "../../extension/src/trust/rule_channel.ts";
import { bundleOf } from "../trust/bundles.ts";
import { installWith } from "../trust/channel_install.ts";
import { FakeBrowser } from "./fake_browser.ts";

const SECOND = 1_000;
const DAY = 86_400_000;

/** One extension in one browser. Dice always show the middle. */
class Extension {
  readonly browser = new FakeBrowser();
  told = 0;
  readonly #world: Awaited<ReturnType<typeof installWith>>;
  #time: number;
  #polling!: Polling;

  private constructor(world: Awaited<ReturnType<typeof installWith>>) {
    this.#world = world;
    this.#time = world.repository.now;
  }

  static async start(): Promise<Extension> {
    const extension = new Extension(await installWith("good", "bad"));
    await extension.startWorker();
    return extension;
  }

  get repository(): Awaited<ReturnType<typeof installWith>>["repository"] {
    return this.#world.repository;
  }

  get recaller(): Awaited<ReturnType<typeof installWith>>["recaller"] {
    return this.#world.recaller;
  }

  get polling(): Polling {
    return this.#polling;
  }

  /** A worker starts with whatever woke it, and is ready. */
  async startWorker(): Promise<void> {
    const channel = new RuleChannel({
      fetcher: this.repository,
      store: this.#world.install.store,
      now: () => this.#time,
      dice: () => 0.5,
      baked: this.#world.install.baked,
    });
    await channel.load("en");
    this.#polling = new Polling(Promise.resolve(channel), () => Promise.resolve(void this.told++));
    await this.#polling.woken();
  }

  pass(ms: number): void {
    this.#time += ms;
  }

  /** How often the service was asked for its timestamp since the last call. */
  checks(): number {
    return this.repository.takeRequests().filter((path) => path === "metadata/timestamp.json").length;
  }
}

Deno.test("a fresh install asks at once", async () => {
  const extension = await Extension.start();
  await extension.polling.installed("install");
  strictEqual(extension.checks(), 1);
});

for (const reason of ["update", "chrome_update"]) {
  Deno.test(`after ${reason} the first check waits for its random moment`, async () => {
    const extension = await Extension.start();
    await extension.polling.installed(reason);
    strictEqual(extension.checks(), 0);
    deepStrictEqual(extension.browser.lastAlarm, { delayInMinutes: 0.5, periodInMinutes: 1 });
  });
}

Deno.test("when the browser starts, an alarm that was missed meanwhile does not ask before the random moment", async () => {
  const extension = await Extension.start();
  await extension.polling.woken();
  strictEqual(extension.checks(), 0);
  extension.pass(30 * SECOND);
  await extension.polling.woken();
  strictEqual(extension.checks(), 1);
});

Deno.test("a worker that is started again in the same browser keeps the alarm that it had set", async () => {
  const extension = await Extension.start();
  await extension.polling.check();
  const { length } = extension.browser.alarms;
  await extension.startWorker();
  strictEqual(extension.browser.alarms.length, length);
});

Deno.test("each check sets the next alarm within the interval, and one behind it in case the worker is stopped", async () => {
  const extension = await Extension.start();
  await extension.polling.check();
  deepStrictEqual(extension.browser.lastAlarm, { delayInMinutes: 0.95, periodInMinutes: 1 });
});

Deno.test("the interval that the timestamp asks for is kept from then on", async () => {
  const extension = await Extension.start();
  extension.repository.signed.timestamp["poll_interval"] = 600;
  await extension.repository.publishTimestamp();
  await extension.polling.check();
  deepStrictEqual(extension.browser.lastAlarm, { delayInMinutes: 9.5, periodInMinutes: 10 });
});

Deno.test("while the service fails it is asked ever more seldom, by alarms and by pages; then as before", async () => {
  const extension = await Extension.start();
  extension.repository.isDown = true;
  const waits: number[] = [];
  for (let failure = 0; failure < 6; failure++) {
    await extension.polling.check();
    waits.push(Math.round((extension.browser.lastAlarm?.delayInMinutes ?? 0) * 60));
  }
  deepStrictEqual(waits, [60, 120, 240, 480, 960, 1920]);
  extension.checks();
  extension.pass(1900 * SECOND);
  await extension.polling.woken();
  await extension.polling.pageOpened();
  strictEqual(extension.checks(), 0);
  extension.repository.isDown = false;
  extension.pass(20 * SECOND);
  await extension.polling.woken();
  strictEqual(extension.checks(), 1);
  deepStrictEqual(extension.browser.lastAlarm, { delayInMinutes: 0.95, periodInMinutes: 1 });
});

Deno.test("a restarted worker, and a restarted browser, know of the rest", async () => {
  const extension = await Extension.start();
  extension.repository.isDown = true;
  for (let failure = 0; failure < 6; failure++) await extension.polling.check();
  extension.checks();
  extension.browser.session.clear();
  await extension.startWorker();
  await extension.polling.woken();
  await extension.polling.pageOpened();
  strictEqual(extension.checks(), 0);
  strictEqual(extension.browser.lastAlarm?.delayInMinutes, 32);
});

Deno.test("a page that opens is a reason to ask where the last check is older than the interval, not before", async () => {
  const extension = await Extension.start();
  await extension.polling.check();
  extension.checks();
  extension.pass(59 * SECOND);
  await extension.polling.pageOpened();
  strictEqual(extension.checks(), 0);
  extension.pass(2 * SECOND);
  await extension.polling.pageOpened();
  strictEqual(extension.checks(), 1);
});

Deno.test("many pages that open at once ask once", async () => {
  const extension = await Extension.start();
  await Promise.all(Array.from({ length: 20 }, () => extension.polling.pageOpened()));
  strictEqual(extension.checks(), 1);
});

Deno.test("a person who presses 'check now' is not made to wait for the rest to end", async () => {
  const extension = await Extension.start();
  extension.repository.isDown = true;
  for (let failure = 0; failure < 6; failure++) await extension.polling.check();
  extension.repository.isDown = false;
  extension.checks();
  await extension.polling.check();
  strictEqual(extension.checks(), 1);
});

Deno.test("open tabs are told of new rules and of recalls, and of nothing else", async () => {
  const extension = await Extension.start();
  await extension.polling.check();
  strictEqual(extension.told, 0);
  await extension.repository.release(bundleOf("good", "bad", "new"));
  await extension.polling.check();
  strictEqual(extension.told, 1);
  await extension.recaller.publish({ rules: ["bad"] });
  await extension.polling.check();
  strictEqual(extension.told, 2);
  await extension.repository.publishTimestamp();
  await extension.polling.check();
  strictEqual(extension.told, 2);
});

Deno.test("a clock that is set back by years does not silence the polling", async () => {
  const extension = await Extension.start();
  await extension.polling.check();
  extension.checks();
  extension.pass(-3650 * DAY);
  await extension.polling.woken();
  strictEqual(extension.checks(), 1);
});

Deno.test("alarm, start and installation reach the polling from the worker's first turn on", () => {
  const browser = new FakeBrowser();
  const heard: string[] = [];
  const polling = {
    woken: () => Promise.resolve(void heard.push("woken")),
    installed: (reason: string) => Promise.resolve(void heard.push(reason)),
  };
  listen(polling as unknown as Polling);
  browser.ring();
  browser.start();
  browser.install("install");
  deepStrictEqual(heard, ["woken", "woken", "install"]);
});
