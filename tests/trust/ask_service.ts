/// <reference lib="deno.ns" />
/** Asks one address as the worker does. @param Deno.args service, path, most bytes, milliseconds. Prints what came of it. */
import { ServiceFetcher } from "../../extension/src/background/service_fetcher.ts";
import { DownloadError } from "../../extension/src/trust/errors.ts";

const [service = "", path = "", maxBytes = "", timeoutMs = ""] = Deno.args;
try {
  const bytes = await new ServiceFetcher(service, Number(timeoutMs)).fetch(path, Number(maxBytes));
  console.log(bytes === null ? "nothing there" : `${bytes.length} bytes`);
} catch (error) {
  if (!(error instanceof DownloadError)) throw error;
  console.log(`${error.message}; rest ${error.retryAfterMs ?? "as long as you like"}`);
}
