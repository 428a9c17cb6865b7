/// <reference lib="deno.ns" />
import { ManagerFetcher, readValue, trustStorage, writeValue } from "../../extension/src/userscript/gm.ts";

/** What a manager calls back with, as far as a test cares. */
interface Request {
  url: string;
  anonymous: boolean;
  onload(answer: unknown): void;
  onprogress(progress: { loaded: number }): void;
  onerror(): void;
  ontimeout(): void;
}

const SERVICE = "https://rules.example";

function withManager(api: object | undefined, act: () => Promise<void>): () => Promise<void> {
  return async () => {
    const place = globalThis as { GM?: object };
    if (api === undefined) delete place.GM;
    else place.GM = api;
    try {
      await act();
    } finally {
      delete place.GM;
    }
  };
}

function answering(answer: (request: Request) => void): object {
  return { xmlHttpRequest: (request: Request) => answer(request) };
}

function equal(actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`);
  }
}

async function refused(work: Promise<unknown>, words: string): Promise<void> {
  const error = await work.then(() => null, (reason: Error) => reason);
  if (error?.name !== "DownloadError" || !error.message.includes(words)) {
    throw new Error(`expected a DownloadError with "${words}", not ${error}`);
  }
}

const fetchRoot = (maxBytes = 10, timeoutMs?: number) =>
  new ManagerFetcher(SERVICE, timeoutMs).fetch("metadata/1.root.json", maxBytes);
const body = (text: string) => new TextEncoder().encode(text).buffer;

let asked: Request | undefined;
Deno.test(
  "asks the service for exactly the path, without cookies",
  withManager(
    answering((request) => {
      asked = request;
      request.onload({ status: 200, response: body("{}"), finalUrl: request.url });
    }),
    async () => {
      equal(new TextDecoder().decode(await fetchRoot() ?? undefined), "{}");
      equal([asked?.url, asked?.anonymous], [`${SERVICE}/metadata/1.root.json`, true]);
    },
  ),
);

Deno.test(
  "a file that the service does not have is null",
  withManager(answering((request) => request.onload({ status: 404, response: body("") })), async () => {
    equal(await fetchRoot(), null);
  }),
);

const ROADS: [string, (request: Request) => void, string][] = [
  ["another status", (request) => request.onload({ status: 500, response: body("") }), "answers 500"],
  [
    "a redirect",
    (request) => request.onload({ status: 200, response: body("{}"), finalUrl: "https://evil.example/" }),
    "elsewhere",
  ],
  [
    "a long answer",
    (request) => request.onload({ status: 200, response: body("x".repeat(11)) }),
    "longer than 10",
  ],
  ["an endless answer", (request) => request.onprogress({ loaded: 11 }), "longer than 10"],
  ["no answer", (request) => request.onerror(), "cannot be reached"],
  ["a slow answer", (request) => request.ontimeout(), "within 20 seconds"],
];
for (const [name, answer, words] of ROADS) {
  Deno.test(`${name} is a wrong road`, withManager(answering(answer), () => refused(fetchRoot(), words)));
}

let isAborted = false;
Deno.test(
  "an endless answer is cut off",
  withManager({
    xmlHttpRequest(request: Request) {
      queueMicrotask(() => request.onprogress({ loaded: 11 }));
      return { abort: () => isAborted = true };
    },
  }, async () => {
    await refused(fetchRoot(), "longer than 10");
    equal(isAborted, true);
  }),
);

let isStopped = false;
Deno.test(
  "an answer that never ends is given up, whatever the manager's own clock says",
  withManager({ xmlHttpRequest: () => ({ abort: () => isStopped = true }) }, async () => {
    await refused(fetchRoot(10, 5), "no answer within 0.005 seconds");
    equal(isStopped, true);
  }),
);

for (const headers of ["Retry-After: 120", "server: x\r\nretry-after:120\r\n"]) {
  Deno.test(
    `a service that says ${JSON.stringify(headers)} is left alone for that long`,
    withManager(
      answering((request) => request.onload({ status: 503, response: body(""), responseHeaders: headers })),
      async () => {
        const error = await fetchRoot().catch((reason) => reason);
        equal(error.retryAfterMs, 120_000);
      },
    ),
  );
}

Deno.test(
  "a manager without requests is told of, and nothing else breaks",
  withManager({}, () => refused(fetchRoot(), "no GM.xmlHttpRequest")),
);

Deno.test(
  "where no manager keeps anything, values last as long as the page",
  withManager(undefined, async () => {
    await trustStorage.write("root", "{}");
    equal(await trustStorage.read("root"), "{}");
    await trustStorage.remove("root");
    equal(await trustStorage.read("root"), undefined);
  }),
);

const kept = new Map<string, unknown>([["trust:root", 7]]);
Deno.test(
  "the manager's storage is used, and what is no text in it is nothing",
  withManager({
    getValue: (key: string) => Promise.resolve(kept.get(key)),
    setValue: (key: string, value: string) => Promise.resolve(void kept.set(key, value)),
  }, async () => {
    equal(await trustStorage.read("root"), undefined);
    await writeValue("a", "b");
    equal([kept.get("a"), await readValue("a")], ["b", "b"]);
  }),
);
