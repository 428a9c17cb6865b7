/** Mutes, questions and notes by the hundred, from a seed that a failing test names. */
import type { Choice, LedgerEntry } from "../../extension/src/shared/ledger.ts";
import { makeMute, type Mute, type MuteScope, type Question } from "../../extension/src/shared/mutes.ts";
import { fc } from "../fuzz/naughty.ts";

export { fc };

/** As records are that come from JSON. */
export const PLAIN = { noNullPrototype: true } as const;
export const NOW = Date.parse("2026-11-23T12:00:00.000Z");
export const DAY = 86_400_000;
/** From narrow to wide. */
export const SCOPES: MuteScope[] = ["wording", "rule", "site"];
export const ALL_SCOPES: MuteScope[] = [...SCOPES, "week"];

/** Few of each, so that they meet. */
const sites = fc.constantFrom("a.example", "b.example", "www.a.example");
const rules = fc.constantFrom("photo_consent", "facebook_cloud_processing");
const prints = fc.constantFrom("0123456789abcdef", "fedcba9876543210");
const ids = fc.uuid();
const times = fc.integer({ min: NOW - 60 * DAY, max: NOW }).map((time) => new Date(time).toISOString());

export const questions: fc.Arbitrary<Question> = fc.record(
  { site: sites, rule: rules, print: prints },
  PLAIN,
);
export const mutes: fc.Arbitrary<Mute> = fc.tuple(ids, fc.constantFrom(...ALL_SCOPES), questions, times)
  .map(([id, scope, question, since]) => makeMute(id, scope, question, Date.parse(since)));
export const books = fc.record({
  mutes: fc.uniqueArray(mutes, { maxLength: 8, selector: ({ id }) => id }),
  ended: fc.dictionary(ids, times, { maxKeys: 4, noNullPrototype: true }),
}, PLAIN);
export const entries: fc.Arbitrary<LedgerEntry> = fc.record({
  id: ids,
  seen: times,
  site: sites,
  host: sites,
  rule: rules,
  product: fc.string({ maxLength: 20, unit: "grapheme" }),
  severity: fc.constantFrom("warning" as const, "notice" as const),
  print: prints,
  choice: fc.constantFrom<Choice>("unknown", "declined", "accepted", "dismissed", "muted"),
  rulesVersion: fc.nat(),
}, PLAIN);
export const settings = fc.record({
  speedBump: fc.boolean(),
  highlight: fc.boolean(),
  ledger: fc.boolean(),
  sync: fc.boolean(),
  language: fc.constantFrom("", "de", "zh_TW", "pt-BR"),
}, PLAIN);
