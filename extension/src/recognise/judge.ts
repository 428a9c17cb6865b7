/** Lines of text → the rule that knows this ask: the same matcher as on pages, with every rule's own site taken for granted. */
import type { CandidateReport, Judgement } from "../content/judgement.ts";
import { Matcher } from "../content/matcher.ts";
import { markupSight } from "../content/visible_text.ts";
import type { Rule, RuleText } from "../shared/bundle_types.ts";
import type { Catalogue, Verdict } from "../shared/messages.ts";
import type { Line } from "./lines.ts";
import { plainText, writeDialog } from "./written_dialog.ts";

/** An ask, with what is to be said of it. */
export interface Ask {
  verdict: Verdict;
  rule: Rule;
  text: RuleText;
}

export interface Finding {
  ask: Ask | null;
  /** What it would be, had it come from another product: a picture bears no address. */
  others: Ask[];
  /** Where nothing was found: the rule that came closest and the clause that it failed. */
  nearMiss: { rule: string; clause: string } | null;
  /** What was judged. */
  text: string;
}

const NOWHERE = "https://nowhere.invalid/";
const NAME = /\p{Lu}[\p{L}\p{N}]{2,}/gu;

export function judgeLines(lines: Line[], { rules, texts, lexicons }: Catalogue): Finding {
  const text = plainText(lines);
  const reports = new Matcher(rules.map(anywhere), lexicons).judgePage(
    writeDialog(lines),
    NOWHERE,
    markupSight,
  );
  const judgements = reports.flatMap((report: CandidateReport) => report.judgements);
  const asks = judgements.filter(({ verdict }) => verdict.matched).flatMap(({ verdict }) => {
    const rule = rules.find(({ id }) => id === verdict.rule);
    const words = texts.find((each) => each.rule === verdict.rule);
    return rule === undefined || words === undefined ? [] : [{ verdict, rule, text: words }];
  });
  const ask = likeliest(asks, text, texts, rules);
  return {
    ask,
    others: asks.filter((other) => other !== ask && other.rule.match_patterns.length > 0),
    nearMiss: asks.length > 0 ? null : closest(judgements),
    text,
  };
}

/** A picture has no address and no markup: what a rule says of these cannot be asked. */
function anywhere(rule: Rule): Rule {
  return {
    ...rule,
    match_patterns: [],
    scope: { dialog_selector: "", page_paths: [], page_selector: "" },
    forbids_selector: "",
    controls: { ...rule.controls, accept_selector: "", decline_selector: "" },
  };
}

/** The rule for a site whose names are said; else one for no site in particular, for it claims least. */
function likeliest(asks: Ask[], text: string, texts: RuleText[], rules: Rule[]): Ask | null {
  const said = new Set(text.match(NAME));
  const namesOf = new Map(rules.map((rule) => [rule.id, namesIn(rule, texts)]));
  const own = (id: string) =>
    (namesOf.get(id) ?? []).filter((name) =>
      [...namesOf].every(([other, names]) => other === id || !names.includes(name))
    );
  const [named] = asks
    .filter(({ rule }) => rule.match_patterns.length > 0)
    .map((ask) => ({ ask, count: own(ask.rule.id).filter((name) => said.has(name)).length }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count);
  return named?.ask ?? asks.find(({ rule }) => rule.match_patterns.length === 0) ?? asks[0] ?? null;
}

/** Its product's, and what its text names more than once: the dialog says "Meta", the product is called Facebook. */
function namesIn({ id, product, match_patterns }: Rule, texts: RuleText[]): string[] {
  if (match_patterns.length === 0) return [];
  const words = texts.filter((text) => text.rule === id)
    .flatMap((
      text,
    ) => [text.title, ...text.consequences.map((each) => each.text), text.decline, ...text.turn_off])
    .flatMap((line) => line.match(NAME) ?? []);
  const repeated = words.filter((word, at) => words.indexOf(word) !== at);
  return [...new Set([...product.match(NAME) ?? [], ...repeated])];
}

function closest(judgements: Judgement[]): Finding["nearMiss"] {
  const [best] = judgements
    .filter(({ verdict }) => verdict.evidence.length > 0)
    .toSorted((one, other) => other.verdict.evidence.length - one.verdict.evidence.length);
  return best === undefined ? null : { rule: best.rule.id, clause: best.verdict.failed ?? "" };
}
