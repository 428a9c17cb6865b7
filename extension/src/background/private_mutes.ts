/** Mutes of private windows: in memory until the browser is closed, never written down, never synced, unknown elsewhere. */
import { sessionGet, sessionSet } from "../shared/browser.ts";
import { type MuteBook, readBook, withMute, withoutMutes } from "../shared/mute_book.ts";
import type { Mute } from "../shared/mutes.ts";
import { inTurn } from "./person.ts";

const KEY = "privateMutes";

export async function privateMutes(): Promise<Mute[]> {
  return (await readPrivate()).mutes;
}

export function addPrivateMute(mute: Mute): Promise<void> {
  return change((book) => withMute(book, mute, Date.now()));
}

/** @param site as in `withoutMutes`. */
export function endPrivateMutes(ids: string[], site: string | null): Promise<void> {
  return change((book) => withoutMutes(book, ids, Date.now(), site));
}

function change(made: (book: MuteBook) => MuteBook): Promise<void> {
  return inTurn(async () => sessionSet({ [KEY]: made(await readPrivate()).mutes }));
}

async function readPrivate(): Promise<MuteBook> {
  return readBook(await sessionGet(KEY), {});
}
