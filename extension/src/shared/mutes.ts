/** What the person does not want to be warned of again: how wide a mute reaches, and until when. Pure. */

/** From narrow to wide. "This dialog" is no mute: it ends with the dialog. */
export type MuteScope = "wording" | "rule" | "week" | "site";

export interface Mute {
  id: string;
  scope: MuteScope;
  /** Host of the top page, never of a frame in it. */
  site: string;
  /** Empty where the scope is the site. */
  rule: string;
  /** Fingerprint of the words; empty unless the scope is the wording: another wording is another question. */
  print: string;
  /** ISO 8601 in UTC. */
  since: string;
  /** ISO 8601 in UTC; empty: until it is undone. */
  until: string;
}

/** A warning, as far as a mute can speak of it. */
export interface Question {
  site: string;
  rule: string;
  print: string;
}

const WEEK_MS = 7 * 86_400_000;
const NAME = /^[\w.:-]{1,100}$/;
const HOST = /^[a-z0-9._:[\]-]{1,253}$/;

/** @param now milliseconds since 1970. */
export function makeMute(id: string, scope: MuteScope, question: Question, now: number): Mute {
  const isOfSite = scope === "site" || scope === "week";
  return {
    id,
    scope,
    site: question.site,
    rule: isOfSite ? "" : question.rule,
    print: scope === "wording" ? question.print : "",
    since: new Date(now).toISOString(),
    until: scope === "week" ? new Date(now + WEEK_MS).toISOString() : "",
  };
}

/** Anything → mute. Null where it does not say exactly how far it reaches: in doubt a person is warned. */
export function readMute(value: unknown): Mute | null {
  if (typeof value !== "object" || value === null) return null;
  const { id, scope, site, rule, print, since, until } = value as Record<string, unknown>;
  if (!isName(id) || !isHost(site) || !isTime(since)) return null;
  const reach = { id, site, since, rule: "", print: "", until: "" };
  if (scope === "site") return { ...reach, scope };
  if (scope === "week") {
    const isWithinWeek = isTime(until) && Date.parse(until) - Date.parse(since) <= WEEK_MS;
    return isWithinWeek ? { ...reach, scope, until } : null;
  }
  if (scope === "rule") return isName(rule) ? { ...reach, scope, rule } : null;
  return scope === "wording" && isName(rule) && isName(print) ? { ...reach, scope, rule, print } : null;
}

/** The mute that silences this question now; null where none does. */
export function findMute(mutes: Mute[], question: Question, now: number): Mute | null {
  return mutes.find((mute) => isInForce(mute, now) && covers(mute, question)) ?? null;
}

/** The mute that silences everything on this site now. */
export function siteMute(mutes: Mute[], site: string, now: number): Mute | null {
  return mutes.find((mute) => isInForce(mute, now) && mute.site === site && isOfWholeSite(mute)) ?? null;
}

export function isInForce({ until }: Mute, now: number): boolean {
  return until === "" || now < Date.parse(until);
}

/** Whether two mutes silence the same questions, each for its time. */
export function isSameReach(one: Mute, other: Mute): boolean {
  return one.scope === other.scope && one.site === other.site && one.rule === other.rule &&
    one.print === other.print;
}

/** ASCII, as browsers write hosts. */
export function isHost(value: unknown): value is string {
  return typeof value === "string" && HOST.test(value);
}

/** Ids and fingerprints, ours and others'. */
export function isName(value: unknown): value is string {
  return typeof value === "string" && NAME.test(value);
}

/** ISO 8601 in UTC, as `toISOString` writes it. */
export function isTime(value: unknown): value is string {
  if (typeof value !== "string") return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString() === value;
}

function covers(mute: Mute, question: Question): boolean {
  if (mute.site !== question.site) return false;
  if (isOfWholeSite(mute)) return true;
  if (mute.rule !== question.rule) return false;
  return mute.scope === "rule" || mute.print === question.print;
}

function isOfWholeSite({ scope }: Mute): boolean {
  return scope === "site" || scope === "week";
}
