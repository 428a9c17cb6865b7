/**
 * Rules and lexicons → an ear: which language a text speaks, and whether it may be an ask at all. There are dozens of
 * lexicons; only those that a text gives cause for are made ready and searched.
 * Twin: backend/rollguard/rules/languages.py.
 */
import type { Rule } from "../shared/bundle_types.ts";
import { consentSlots, objectSlots } from "../shared/gate_text.ts";
import type { Candidate } from "./candidates.ts";
import { meetsRequirements } from "./clauses.ts";
import { Gate } from "./gate.ts";
import { type Indexes, kept, nothingIn } from "./indexes.ts";
import { buttonLabel, labelSlots, labelWords, subjects } from "./labels.ts";
import { Reading } from "./reading.ts";
import type { Ear } from "./regions.ts";
import { covered } from "./hits.ts";
import { SlotIndex } from "./slots.ts";
import { attributeOf, matchesSelector, textContentOf } from "./unclobbered.ts";
import { LINK, markupSight, type Sight } from "./visible_text.ts";
import { collapse, cutWords, type Word } from "./words.ts";

/** How much a language must explain of a text, of what the one that explains most does. */
const MIN_SHARE = 0.6;
/** In letters. What says more is no label. */
const LONGEST_LABEL = 120;
const JOINED = /\p{Ll}\p{Lu}/u;
const JOINTS = /(?<=\p{Ll})(?=\p{Lu})/gu;
/** A word that more than five languages share does not tell which of them to ask for. */
const MIN_WEIGHT = 0.2;
/** Nobody speaks more at once: the likeliest are asked for. */
const MOST_WANTED = 4;

/** All lexicons, for the rules that are in force. */
export class Languages implements Ear {
  readonly #rules: Rule[];
  readonly #indexes: Indexes;
  readonly #subjects: Set<string>;
  readonly #linked: Set<string>;
  readonly #consents: Set<string>;
  readonly #labels: Set<string>;
  readonly #objects: Set<string>;
  readonly #objectGate: Gate;
  readonly #consentGate: Gate;
  readonly #objectIndexes = new Map<string, SlotIndex>();
  readonly #labelIndexes = new Map<string, SlotIndex>();

  constructor(indexes: Indexes, rules: Rule[]) {
    const { lexicons, gates } = indexes;
    this.#rules = rules;
    this.#indexes = indexes;
    this.#subjects = new Set(rules.flatMap(subjects));
    this.#linked = new Set(rules.flatMap(({ controls }) => [...controls.accept, ...controls.unknown_beside]));
    this.#consents = consentSlots(rules);
    this.#labels = new Set([...this.#consents, ...this.#subjects]);
    this.#objects = objectSlots(rules);
    this.#objectGate = new Gate(lexicons, this.#objects, gates?.objects);
    this.#consentGate = new Gate(lexicons, this.#consents, gates?.consents);
  }

  /**
   * The languages that the text speaks, among those in which it names an object that some rule requires.
   * International words stand in every file: a language that explains much less of the text than another one does is
   * not the text's. That is asked twice: of the objects alone, which is cheap, then of all words.
   */
  of(reading: Reading): SlotIndex[] {
    const languages = this.#here(reading.words, this.#objectGate).sort();
    const named = most(
      languages,
      (language) => covered(this.#indexOf(this.#objectIndexes, language, this.#objects).hits(reading.words)),
    );
    return most(named.map((language) => this.#indexes.get(language)), (index) => reading.knownWords(index));
  }

  hearsConsent(control: Element, sight: Sight): boolean {
    const isLink = matchesSelector(control, LINK);
    // "Next" is a link on many a page that asks for nothing.
    const consents = isLink ? this.#linked : this.#labels;
    for (const label of [buttonLabel(control, sight), attributeOf(control, "aria-label") ?? ""]) {
      const words = labelWords(collapse(label));
      for (const language of this.#here(words, this.#consentGate, this.#objectGate)) {
        const index = this.#indexOf(this.#labelIndexes, language, this.#labels);
        if (labelSlots(words, consents, index, isLink).size > 0) return true;
      }
    }
    return false;
  }

  /** Whether `hearsConsent` is worth asking: by the letters alone, whatever is shown of them. Most labels end here. */
  mayHearConsent(control: Element): boolean {
    const text = textContentOf(control) ?? "";
    const labels = [text, attributeOf(control, "aria-label") ?? "", attributeOf(control, "value") ?? ""];
    // What stands in elements of their own may be words of their own.
    if (JOINED.test(text)) labels.push(text.replace(JOINTS, " "));
    // A link that is a choice says nothing else.
    const gates = matchesSelector(control, LINK)
      ? [this.#consentGate]
      : [this.#consentGate, this.#objectGate];
    return labels.some((label) => {
      if (label === "" || label.length > LONGEST_LABEL) return false;
      const words = cutWords(label);
      return gates.some((gate) => gate.opensFor(words));
    });
  }

  /** Whether a lexicon that is not here yet may know the label. */
  waitsFor(control: Element): boolean {
    const label = labelWords(collapse(buttonLabel(control, markupSight)));
    return this.#missing(label, this.#consentGate, this.#objectGate).length > 0;
  }

  hearsAsk(candidate: Candidate, sight: Sight): SlotIndex[] {
    const reading = new Reading(candidate, sight);
    const rules = this.#rules.filter((rule) => rule.scope.dialog_selector === "");
    return this.of(reading).filter((index) => rules.some((rule) => meetsRequirements(reading, rule, index)));
  }

  hearsSubject(text: string, languages: SlotIndex[]): boolean {
    const words = cutWords(text);
    return languages.some((index) => index.hits(words).some((hit) => this.#subjects.has(hit.slot)));
  }

  /** The languages that these gates let in and that are here; the likeliest of the others are asked for. */
  #here(words: Word[], ...gates: Gate[]): string[] {
    const missing = this.#missing(words, ...gates);
    if (missing.length > 0) this.#indexes.want(missing);
    const all = new Set(gates.flatMap((gate) => [...gate.languages(words)]));
    return [...all].filter((language) => this.#indexes.has(language));
  }

  /** What a text is about may be an international word: which language it is in, its other words tell. */
  #missing(words: Word[], ...gates: Gate[]): string[] {
    if (this.#indexes.gates === null) return [];
    const open = new Set(gates.flatMap((gate) => [...gate.languages(words)]));
    const weights = new Map<string, number>();
    for (const gate of [this.#objectGate, this.#consentGate]) {
      for (const [language, weight] of gate.weigh(words)) {
        weights.set(language, (weights.get(language) ?? 0) + weight);
      }
    }
    return [...weights]
      .filter(([language, weight]) =>
        weight >= MIN_WEIGHT && open.has(language) && !this.#indexes.has(language)
      )
      .sort(([, one], [, other]) => other - one).slice(0, MOST_WANTED).map(([language]) => language);
  }

  #indexOf(indexes: Map<string, SlotIndex>, language: string, slots: Set<string>): SlotIndex {
    return kept(
      indexes,
      language,
      () => new SlotIndex(this.#indexes.lexicon(language) ?? nothingIn(language), slots),
    );
  }
}

/** Those whose count comes close to the highest, in their order; none where nothing was counted. */
function most<Item>(items: Item[], count: (item: Item) => number): Item[] {
  const counts = items.map(count);
  const highest = Math.max(0, ...counts);
  return items.filter((_, at) => (counts[at] ?? 0) > 0 && (counts[at] ?? 0) >= highest * MIN_SHARE);
}
