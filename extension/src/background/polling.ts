/** Wakes the worker when it is time to ask the rule service: at a random moment after the browser's start, then within each interval. */
import { createAlarm, onAlarm, onInstalled, onStartup, sessionGet, sessionSet } from "../shared/browser.ts";
import type { RuleChannel } from "../trust/rule_channel.ts";

const UPDATE = "update";
/** Kept as long as the browser runs, and as this version of the extension does. */
const HAS_BEGUN = "hasBegun";
const MIN_ALARM_MS = 30_000;

export class Polling {
  readonly #channel: Promise<RuleChannel>;
  readonly #changed: () => Promise<void>;
  #checking: Promise<void> | null = null;

  /** @param changed called when other rules are in use than before. */
  constructor(channel: Promise<RuleChannel>, changed: () => Promise<void>) {
    this.#channel = channel.then(async (channel) => {
      await begin(channel).catch(complain);
      return channel;
    });
    this.#changed = changed;
  }

  /** One check at a time; whoever asks meanwhile waits for the same answer. */
  check(): Promise<void> {
    this.#checking ??= this.#check().finally(() => this.#checking = null);
    return this.#checking;
  }

  /** An alarm rings, or the browser starts and with it an alarm that was missed. */
  async woken(): Promise<void> {
    const { timetable } = await this.#channel;
    if (timetable.isDue) await this.check();
  }

  /** Who has just installed it waits for nothing; an update comes to everybody at the same time. */
  installed(reason: string): Promise<void> {
    return reason === "install" ? this.check() : this.woken();
  }

  /** A watched page opens: a reason to ask, where the last check is older than the interval and all went well. */
  async pageOpened(): Promise<void> {
    if ((await this.#channel).isStale) await this.check().catch(complain);
  }

  async #check(): Promise<void> {
    const channel = await this.#channel;
    if (await channel.check()) await this.#changed();
    await setAlarm(channel);
  }
}

/** To be called in the worker's first turn: who listens later is not woken. */
export function listen(polling: Polling): void {
  onAlarm(UPDATE, () => void polling.woken().catch(complain));
  onStartup(() => void polling.woken().catch(complain));
  onInstalled((reason) => void polling.installed(reason).catch(complain));
}

async function begin(channel: RuleChannel): Promise<void> {
  if (await sessionGet(HAS_BEGUN) === true) return;
  await channel.timetable.begin(channel.pollIntervalMs);
  await setAlarm(channel);
  await sessionSet({ [HAS_BEGUN]: true });
}

/** It rings again until a check sets it anew: the worker may be stopped in the midst of one. */
function setAlarm({ timetable, pollIntervalMs }: RuleChannel): Promise<void> {
  return createAlarm(UPDATE, alarmMinutes(timetable.waitMs), alarmMinutes(pollIntervalMs));
}

function alarmMinutes(ms: number): number {
  return Math.max(ms, MIN_ALARM_MS) / 60_000;
}

function complain(error: unknown): void {
  console.error("Rollguard: the check for new rules failed:", error);
}
