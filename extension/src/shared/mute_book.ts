/** All mutes of one device, with those that were undone: so that two devices, or two tabs, come to the same. Pure. */
import { isInForce, isName, isSameReach, isTime, type Mute, readMute } from "./mutes.ts";

export interface MuteBook {
  mutes: Mute[];
  /** Id of an undone mute → when. Kept for a while, or another device would bring the mute back. */
  ended: Record<string, string>;
}

/** A device that was away for longer may bring an undone mute back. */
const ENDED_KEPT_MS = 30 * 86_400_000;

/** Anything → book: an entry that cannot be read is left out, the others stand. */
export function readBook(mutes: unknown, ended: unknown): MuteBook {
  const entries = typeof ended === "object" && ended !== null ? Object.entries(ended) : [];
  return {
    mutes: (Array.isArray(mutes) ? mutes : []).map(readMute).filter((mute) => mute !== null),
    ended: Object.fromEntries(entries.filter(([id, time]) => isName(id) && isTime(time))),
  };
}

/** A mute takes the place of one with the same reach: a person who mutes twice undoes once. */
export function withMute(book: MuteBook, mute: Mute, now: number): MuteBook {
  const replaced = book.mutes.filter((other) => isSameReach(other, mute)).map(({ id }) => id);
  const { mutes, ended } = withoutMutes(book, replaced.filter((id) => id !== mute.id), now);
  return { mutes: [...mutes.filter(({ id }) => id !== mute.id), mute], ended };
}

/** @param site the only one whose mutes may end; null: any. */
export function withoutMutes(
  book: MuteBook,
  ids: string[],
  now: number,
  site: string | null = null,
): MuteBook {
  const ending = book.mutes.filter((mute) => ids.includes(mute.id) && (site === null || mute.site === site));
  const when = new Date(now).toISOString();
  return tidy({
    ...book,
    ended: { ...book.ended, ...Object.fromEntries(ending.map(({ id }) => [id, when])) },
  }, now);
}

/** Both devices' mutes; what either has undone is undone. Whoever merges whom, it comes to the same. */
export function mergeBooks(one: MuteBook, other: MuteBook, now: number): MuteBook {
  const mutes = [...one.mutes, ...other.mutes].sort((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  const ended = [...Object.entries(one.ended), ...Object.entries(other.ended)].sort((a, b) =>
    a[1] < b[1] ? -1 : 1
  );
  return tidy({
    mutes: [...new Map(mutes.map((mute) => [mute.id, mute])).values()],
    ended: Object.fromEntries(ended),
  }, now);
}

/** Without what is over: mutes whose time has come, undone ones, and undoings that everybody has heard of. */
export function tidy({ mutes, ended }: MuteBook, now: number): MuteBook {
  const isRecent = ([, time]: [string, string]) => now - Date.parse(time) < ENDED_KEPT_MS;
  return {
    mutes: mutes.filter((mute) => isInForce(mute, now) && !Object.hasOwn(ended, mute.id)),
    ended: Object.fromEntries(Object.entries(ended).filter(isRecent)),
  };
}
