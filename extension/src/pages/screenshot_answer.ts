/** A finding as elements: what one would agree to, how to say no, how to switch it off, and why we say so. */
import type { Ask, Finding } from "../recognise/judge.ts";
import type { Consequence } from "../shared/bundle_types.ts";
import { make, makeLink } from "../shared/elements.ts";
import type { Translate } from "../shared/translate.ts";

/** Its `h2` can take the focus. */
export function makeAnswer({ ask, nearMiss, text }: Finding, translate: Translate): HTMLElement {
  const read = makeFold(translate("shotRead"), make("p", { class: "read", dir: "auto" }, text));
  if (ask !== null) return make("section", { class: "card found" }, ...makeAsk(ask, translate), read);
  const missing = nearMiss === null ? [] : [makeFold(
    translate("shotNearMiss"),
    makeTerms([
      [translate("overlayWhyRule"), [make("code", {}, nearMiss.rule)]],
      [translate("shotNearMiss"), [make("code", {}, nearMiss.clause)]],
    ]),
  )];
  return make(
    "section",
    { class: "card" },
    make("h2", { tabindex: "-1" }, translate("shotNothing")),
    make("p", {}, translate("shotNothingMeans")),
    read,
    ...missing,
  );
}

function makeAsk({ verdict, rule, text }: Ask, translate: Translate): Node[] {
  // Which site it was, a picture does not say; a rule for no site in particular must not guess.
  const name = rule.match_patterns.length > 0 ? rule.product : translate("shotSomeApp");
  const say = (line: string) => line.replaceAll("{site}", name);
  const told = { lang: text.language, dir: "auto" };
  const facts = text.consequences.map((each) =>
    make("li", {}, make("span", told, say(each.text)), ...makeSource(ask(each), translate))
  );
  function ask({ source }: Consequence) {
    return rule.sources.find(({ id }) => id === source);
  }
  const words = [...new Set(verdict.evidence.map((each) => each.words))];
  const quotes = words.map((each) => make("q", { lang: verdict.language ?? "", dir: "auto" }, each));
  return [
    make("h2", { tabindex: "-1", ...told }, say(text.title)),
    make("h3", {}, translate("shotFacts")),
    make("ul", {}, ...facts),
    make("h3", {}, translate("overlayDeclineHeading")),
    make("p", told, say(text.decline)),
    ...makeSteps(text.turn_off.map(say), told, translate),
    make("a", { class: "button", href: `checkup.html#${rule.id}` }, translate("shotCheckup")),
    makeFold(
      translate("shotWhy"),
      makeTerms([[translate("overlayWhyWords"), quotes], [translate("overlayWhyRule"), [
        make("code", {}, rule.id),
      ]]]),
    ),
  ];
}

function makeSource(source: Ask["rule"]["sources"][number] | undefined, translate: Translate): Node[] {
  if (source === undefined) return [];
  const date = make("time", { datetime: source.date }, source.date);
  const link = makeLink(source.url, source.title, translate("overlayOpensNewTab"));
  return [make("small", { class: "quiet" }, link, " · ", date)];
}

function makeSteps(steps: string[], told: Record<string, string>, translate: Translate): Node[] {
  if (steps.length === 0) return [];
  const list = make("ol", {}, ...steps.map((step) => make("li", told, step)));
  return [make("h3", {}, translate("shotSteps")), list];
}

function makeTerms(rows: [string, Node[]][]): HTMLElement {
  return make("dl", {}, ...rows.flatMap(([term, said]) => [make("dt", {}, term), make("dd", {}, ...said)]));
}

function makeFold(label: string, ...content: Node[]): HTMLElement {
  return make("details", {}, make("summary", {}, label), ...content);
}
