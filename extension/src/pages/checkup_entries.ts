/** What the check-up lists: rules and remedies, put together, by product. */
import type { Remedy, Rule, RuleText, Source } from "../shared/bundle_types.ts";
import type { Catalogue } from "../shared/messages.ts";

export interface Entry {
  /** Of the rule, the remedy, or both; the page's anchor. */
  id: string;
  /** Empty: it is about no product. */
  product: string;
  title: string;
  /** The language of title, steps and `uploaded`. */
  language: string;
  steps: string[];
  /** The steps may come from the rule, in another language than the rest. */
  stepsLanguage: string;
  uploaded: string;
  isObjection: boolean;
  where: string;
  link: string;
  /** The same steps on the rule service, for the phone; empty where a phone cannot reach that. */
  guide: string;
  sources: Source[];
  isUrgent: boolean;
}

export interface Group {
  product: string;
  entries: Entry[];
}

/** What a rule warns of comes first, and its product too; what is about no product comes last. */
export function groupEntries(catalogue: Catalogue, language: string): Group[] {
  const byName = new Intl.Collator(language).compare;
  const groups = new Map<string, Entry[]>();
  for (const entry of makeEntries(catalogue)) {
    groups.set(entry.product, [...groups.get(entry.product) ?? [], entry]);
  }
  const rank = ({ product, entries }: Group) =>
    product === "" ? 2 : entries.some((entry) => entry.isUrgent) ? 0 : 1;
  return [...groups]
    .map(([product, entries]) => ({
      product,
      entries: entries.toSorted((one, other) => Number(other.isUrgent) - Number(one.isUrgent)),
    }))
    .sort((one, other) => rank(one) - rank(other) || byName(one.product, other.product));
}

function makeEntries({ rules, texts, remedies = [], serviceUrl = "" }: Catalogue): Entry[] {
  const ruleOf = new Map(rules.map((rule) => [rule.id, rule]));
  const textOf = new Map(texts.map((text) => [text.rule, text]));
  const completed = new Set(remedies.map((remedy) => remedy.id));
  const left = rules.filter((rule) => !completed.has(rule.id));
  // A service without TLS is one on this machine.
  const guides = serviceUrl.startsWith("https://") ? `${serviceUrl.replace(/\/$/, "")}/guide/` : "";
  return [
    ...remedies.map((remedy) => {
      const entry = fromRemedy(remedy, ruleOf.get(remedy.id), textOf.get(remedy.id));
      return { ...entry, guide: guides && `${guides}${entry.stepsLanguage}/${entry.id}` };
    }),
    ...left.flatMap((rule) => {
      const text = textOf.get(rule.id);
      return text === undefined ? [] : [fromRule(rule, text)];
    }),
  ].filter((entry) => entry.steps.length > 0);
}

function fromRemedy(remedy: Remedy, rule: Rule | undefined, text: RuleText | undefined): Entry {
  const { id, title, language, uploaded, where, link } = remedy;
  const ownSteps = remedy.steps.length > 0 || text === undefined;
  const sources = [...remedy.sources, ...rule?.sources ?? []];
  return {
    ...{ id, title, language, uploaded, where, link },
    guide: "",
    product: isAboutNoProduct(rule) ? "" : remedy.product,
    steps: ownSteps ? remedy.steps : stepsOf(text, remedy.product),
    stepsLanguage: ownSteps ? language : text.language,
    isObjection: remedy.way === "objection",
    sources: [...new Map(sources.map((source) => [source.url, source])).values()],
    isUrgent: rule?.severity === "warning",
  };
}

/** A rule that came after the remedies were written still says how to switch it off. */
function fromRule(rule: Rule, text: RuleText): Entry {
  const steps = stepsOf(text, rule.product);
  return {
    id: rule.id,
    product: isAboutNoProduct(rule) ? "" : rule.product,
    title: nameSite(text.title, rule.product),
    language: text.language,
    steps,
    stepsLanguage: text.language,
    uploaded: "",
    isObjection: false,
    where: "web",
    link: "",
    guide: "",
    sources: rule.sources,
    isUrgent: rule.severity === "warning",
  };
}

function isAboutNoProduct(rule: Rule | undefined): boolean {
  return rule !== undefined && rule.match_patterns.length === 0;
}

function stepsOf({ turn_off, decline }: RuleText, product: string): string[] {
  return (turn_off.length > 0 ? turn_off : [decline]).map((step) => nameSite(step, product));
}

/** No site asks here, so the product stands for it. */
function nameSite(line: string, product: string): string {
  return line.replaceAll("{site}", product);
}
