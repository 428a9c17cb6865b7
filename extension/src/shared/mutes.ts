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

/** The mute that silences this question now; null where none does. */
export function findMute(mutes: Mute[], question: Question, now: number): Mute | null {
  return mutes.find((mute) => isInForce(mute, now) && covers(mute, question)) ?? null;
}

/** The mute that silences everything on this site now. */
export function siteMute(mutes: Mute[], site: string, now: number): Mute | null {
  return findMute(mutes, { site, rule: "", print: "" }, now);
}

export function isInForce({ until }: Mute, now: number): boolean {
  return until === "" || now < Date.parse(until);
}

function covers(mute: Mute, question: Question): boolean {
  if (mute.site !== question.site) return false;
  if (mute.scope === "site" || mute.scope === "week") return true;
  if (mute.rule !== question.rule) return false;
  return mute.scope === "rule" || mute.print === question.print;
}
