/** As much of the browser as the worker's polling needs, with a clock that a test moves. */

interface Alarm {
  delayInMinutes: number;
  periodInMinutes: number;
}

type Listener<T> = (value: T) => void;

export class FakeBrowser {
  readonly alarms: Alarm[] = [];
  readonly session = new Map<string, unknown>();
  readonly #alarm: Listener<{ name: string }>[] = [];
  readonly #installed: Listener<{ reason: string }>[] = [];
  readonly #startup: (() => void)[] = [];

  /** Puts itself in the browser's place. */
  constructor() {
    const signal = <T>(listeners: T[]) => ({ addListener: (listener: T) => void listeners.push(listener) });
    (globalThis as { chrome?: unknown }).chrome = {
      alarms: {
        create: (_name: string, alarm: Alarm) => void this.alarms.push(alarm),
        onAlarm: signal(this.#alarm),
      },
      runtime: { onInstalled: signal(this.#installed), onStartup: signal(this.#startup) },
      storage: {
        session: {
          get: (key: string) => Promise.resolve({ [key]: this.session.get(key) }),
          set: (items: Record<string, unknown>) => {
            for (const [key, value] of Object.entries(items)) this.session.set(key, value);
            return Promise.resolve();
          },
        },
      },
    };
  }

  ring(): void {
    for (const listener of this.#alarm) listener({ name: "update" });
  }

  install(reason: string): void {
    for (const listener of this.#installed) listener({ reason });
  }

  start(): void {
    for (const listener of this.#startup) listener();
  }

  get lastAlarm(): Alarm | undefined {
    return this.alarms.at(-1);
  }
}
