/** A finding as elements: what one would agree to, how to say no, how to switch it off, and why we say so. */
import type { Ask, Finding } from "../recognise/judge.ts";
import type { Consequence } from "../shared/bundle_types.ts";
import { make, makeLink } from "../shared/elements.ts";
import type { Translate } from "../shared/translate.ts";

/** The clause that fails where all is said that makes an ask, and nothing agrees to it: a picture that was cut too short. */
const NO_BUTTON = "no accept control";

/** Its `h2` can take the focus. `choose` hears which of the others asked. */
export function makeAnswer(
  { ask, others, nearMiss, text }: Finding,
  translate: Translate,
  choose: (ask: Ask) => void,
): HTMLElement {
  const read = makeFold(translate("shotRead"), make("p", { class: "read", dir: "auto" }, text));
  if (ask !== null) {
    const which = others.length === 0 ? [] : [makeWhich(others, translate, choose)];
    return make("section", { class: "card found" }, ...makeAsk(ask, translate), ...which, read);
  }
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
    make("p", {}, translate(nearMiss?.clause === NO_BUTTON ? "shotNoButton" : "shotNothingMeans")),
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
    make("ul", { dir: "auto" }, ...facts),
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

function makeWhich(others: Ask[], translate: Translate, choose: (ask: Ask) => void): HTMLElement {
  const buttons = others.map((other) => {
    const button = make("button", { type: "button" }, other.rule.product);
    button.addEventListener("click", () => choose(other));
    return button;
  });
  return make(
    "div",
    { class: "which", role: "group", "aria-labelledby": "which" },
    make("h3", { id: "which" }, translate("shotWhich")),
    make("div", { class: "choices" }, ...buttons),
  );
}

function makeSource(source: Ask["rule"]["sources"][number] | undefined, translate: Translate): Node[] {
  if (source === undefined) return [];
  const date = make("time", { datetime: source.date }, source.date);
  const link = makeLink(source.url, source.title, translate("overlayOpensNewTab"));
  return [make("small", { class: "quiet" }, link, " · ", date)];
}

function makeSteps(steps: string[], told: Record<string, string>, translate: Translate): Node[] {
  if (steps.length === 0) return [];
  const list = make("ol", told, ...steps.map((step) => make("li", {}, step)));
  return [make("h3", {}, translate("shotSteps")), list];
}

function makeTerms(rows: [string, Node[]][]): HTMLElement {
  return make("dl", {}, ...rows.flatMap(([term, said]) => [make("dt", {}, term), make("dd", {}, ...said)]));
}

function makeFold(label: string, ...content: Node[]): HTMLElement {
  return make("details", {}, make("summary", {}, label), ...content);
}
