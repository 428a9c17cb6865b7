/** A browser's storage and words on one of a person's devices; several share an account. One device at a time is at work. */

type Items = Record<string, unknown>;

/** Chrome's and Firefox's limits for synced storage. */
const ENTRY_BYTES = 8_192;
const ACCOUNT_BYTES = 102_400;

const bytesOf = (items: Items) =>
  Object.entries(items).map(([key, value]) =>
    key.length + new TextEncoder().encode(JSON.stringify(value)).length
  );

export class Area {
  items: Items = {};
  writes = 0;
  /** Set: every write fails with these words. */
  failure = "";

  get(keys: string | string[] | null): Promise<Items> {
    const wanted = keys === null ? Object.keys(this.items) : [keys].flat();
    const found = wanted.filter((key) => key in this.items).map((key) => [key, this.items[key]]);
    return Promise.resolve(structuredClone(Object.fromEntries(found)));
  }

  async set(items: Items): Promise<void> {
    await Promise.resolve();
    if (this.failure !== "") throw new Error(this.failure);
    this.writes++;
    this.items = { ...this.items, ...structuredClone(items) };
  }

  remove(keys: string | string[]): Promise<void> {
    for (const key of [keys].flat()) delete this.items[key];
    return Promise.resolve();
  }
}

/** What a browser's account carries from device to device. */
export class Account extends Area {
  override async set(items: Items): Promise<void> {
    if (bytesOf(items).some((bytes) => bytes > ENTRY_BYTES)) throw new Error("QUOTA_BYTES_PER_ITEM");
    const all = bytesOf({ ...this.items, ...items }).reduce((sum, bytes) => sum + bytes, 0);
    if (all > ACCOUNT_BYTES) throw new Error("QUOTA_BYTES");
    await super.set(items);
  }
}

export class Device {
  readonly local = new Area();
  readonly session = new Area();
  readonly notified: unknown[] = [];
  readonly badges: unknown[] = [];
  /** What an administrator has laid down; null: nobody has, and the browser rejects as Firefox does. */
  policy: Items | null = null;
  readonly #account: Account | undefined;

  constructor(account?: Account) {
    this.#account = account;
  }

  /** From here on all work is done on this device. */
  use(): this {
    const managed = () =>
      this.policy === null ? Promise.reject(new Error("no manifest")) : Promise.resolve(this.policy);
    const note = (list: unknown[]) => (...details: unknown[]) => Promise.resolve(void list.push(details));
    (globalThis as { chrome?: unknown }).chrome = {
      runtime: { getURL: (path: string) => new URL(`../../extension/${path}`, import.meta.url).href },
      i18n: { getMessage: (key: string) => `browser's ${key}`, getUILanguage: () => "en" },
      notifications: { create: note(this.notified) },
      action: { setBadgeText: note(this.badges), setBadgeBackgroundColor: note([]), setTitle: note([]) },
      storage: {
        local: this.local,
        session: this.session,
        sync: this.#account,
        managed: { get: managed },
        onChanged: { addListener: () => {} },
      },
    };
    return this;
  }
}
