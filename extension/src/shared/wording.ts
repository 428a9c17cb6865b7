/** Rules → the words in which they warn. A rule is never silent because a text is missing. */
import type { Rule, RuleText } from "./bundle_types.ts";

export interface Worded {
  /** With the sources that its text cites. */
  rule: Rule;
  text: RuleText;
}

/** @param shelves texts by language, those that the person reads best first. */
export function wordRule(rule: Rule, rules: Rule[], shelves: RuleText[][]): Worded {
  const like = rules.find(({ id }) => id === rule.texts_like);
  for (const texts of shelves) {
    const own = textOf(rule, texts);
    if (own !== undefined) return { rule, text: own };
    const lent = like && textOf(like, texts);
    if (like !== undefined && lent !== undefined) {
      return { rule: { ...rule, sources: like.sources }, text: { ...lent, rule: rule.id } };
    }
  }
  return { rule, text: summaryOf(rule) };
}

/** A text may be of an earlier release than the rule: where it cites what the rule no longer names, it is not used. */
function textOf({ id, sources }: Rule, texts: RuleText[]): RuleText | undefined {
  const text = texts.find((found) => found.rule === id);
  const isBacked = text?.consequences.every(({ source }) => sources.some((known) => known.id === source));
  return isBacked ? text : undefined;
}

/** What a rule says of itself, for the hours in which its texts cannot be had. */
function summaryOf({ id, summary }: Rule): RuleText {
  return { rule: id, language: "en", title: summary, consequences: [], decline: "", turn_off: [] };
}
