/// <reference lib="deno.ns" />
/**
 * The extension's own rule channel as a process: one command a line in, one answer a line out. All but storage (in
 * memory), clock (which may be set ahead) and patience (which may be short) is what the worker runs.
 */
import { ServiceFetcher } from "../../extension/src/background/service_fetcher.ts";
import type { BakedTrust } from "../../extension/src/trust/interfaces.ts";
import { RuleChannel } from "../../extension/src/trust/rule_channel.ts";
import { MemoryStore } from "../trust/memory_store.ts";

interface Command {
  do: "open" | "check" | "restart";
  serviceUrl?: string;
  baked?: BakedTrust;
  patienceMs?: number;
  /** How far the device's clock is ahead. */
  daysAhead?: number;
  /** Where a page is whose rules are wanted. */
  page?: string;
}

class Client {
  readonly #options: Required<Pick<Command, "serviceUrl" | "baked" | "patienceMs">>;
  readonly #store = new MemoryStore();
  #aheadMs = 0;
  #channel: RuleChannel;

  constructor({ serviceUrl = "", baked, patienceMs = 5_000 }: Command) {
    if (baked === undefined) throw new Error("client.ts: open: what was baked in?");
    this.#options = { serviceUrl, baked, patienceMs };
    this.#channel = this.#make();
  }

  async check(daysAhead: number): Promise<void> {
    this.#aheadMs = daysAhead * 86_400_000;
    await this.#channel.check();
  }

  /** A worker dies and a new one comes: only what is stored is left. */
  async restart(): Promise<void> {
    this.#channel = this.#make();
    await this.#channel.load("en");
  }

  answer(page: string): unknown {
    const { rules } = this.#channel.rulesFor(page, "en");
    const { timetable, pollIntervalMs } = this.#channel;
    const pace = { pollIntervalMs, waitMs: timetable.waitMs };
    return { ...this.#channel.status(), ...pace, rules: rules.map(({ id }) => id) };
  }

  #make(): RuleChannel {
    const { serviceUrl, baked, patienceMs } = this.#options;
    return new RuleChannel({
      fetcher: new ServiceFetcher(serviceUrl, patienceMs),
      store: this.#store,
      now: () => Date.now() + this.#aheadMs,
      dice: () => 0.5,
      baked,
    });
  }
}

let client: Client | undefined;

async function obey(command: Command): Promise<unknown> {
  if (command.do === "open") client = new Client(command);
  if (client === undefined) throw new Error("client.ts: open comes first");
  if (command.do === "check") await client.check(command.daysAhead ?? 0);
  else await client.restart();
  return client.answer(command.page ?? "https://www.acme.com/");
}

let rest = "";
for await (const piece of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  const lines = (rest + piece).split("\n");
  rest = lines.pop() ?? "";
  for (const line of lines) console.log(JSON.stringify(await obey(JSON.parse(line))));
}
