/**
 * Candidate → reading: its text, words, title and hits, read once for all rules.
 * Twin: backend/rollguard/rules/reading.py.
 */
import type { SlotEvidence } from "../shared/messages.ts";
import { type Candidate, isOwn } from "./candidates.ts";
import { dropDenied } from "./denials.ts";
import { labelledBy } from "./labels.ts";
import { covered, dropContained, type Hit } from "./hits.ts";
import type { SlotIndex } from "./slots.ts";
import { selectShown } from "./tree.ts";
import { attributeOf } from "./unclobbered.ts";
import type { VisibleText } from "./visible_places.ts";
import { readText, readVisible, type Sight } from "./visible_text.ts";
import { BREAK, collapse, cutWords, type Word } from "./words.ts";

const HEADING = "h1, h2, h3, [role=heading]";
const MAX_EVIDENCE = 16;

export class Reading {
  readonly #visible: VisibleText;
  readonly text: string;
  readonly words: Word[];
  readonly title: string;
  readonly titleWords: Word[];
  readonly #hits = new Map<string, { text: Hit[]; title: Hit[] }>();
  readonly #known = new Map<string, number>();

  constructor(readonly candidate: Candidate, readonly sight: Sight) {
    this.#visible = readVisible(candidate.element, sight, candidate.nested);
    this.text = this.#visible.text;
    this.words = cutWords(this.text);
    this.title = this.#readTitle();
    this.titleWords = cutWords(this.title);
  }

  #readTitle(): string {
    const { element } = this.candidate;
    const heading = selectShown(element, HEADING)
      .find((found) => isOwn(found, this.candidate, this.sight));
    const visible = heading === undefined
      ? this.text.split(BREAK).find((line) => collapse(line) !== "") ?? ""
      : readText(heading, this.sight);
    const parts = [
      attributeOf(element, "aria-label") ?? "",
      labelledBy(element, element, this.sight),
      visible,
    ];
    return [...new Set(parts.map(collapse).filter((part) => part !== ""))].join(BREAK);
  }

  hits(index: SlotIndex): { text: Hit[]; title: Hit[] } {
    let hits = this.#hits.get(index.language);
    if (hits === undefined) {
      const all = index.hits(this.words);
      this.#known.set(index.language, covered(all));
      hits = { text: dropDenied(all, this.words), title: dropContained(index.hits(this.titleWords)) };
      this.#hits.set(index.language, hits);
    }
    return hits;
  }

  /** How many of the text's words are part of some hit. */
  knownWords(index: SlotIndex): number {
    this.hits(index);
    return this.#known.get(index.language) ?? 0;
  }

  /** Each hit as slot and the words as they stand there, once. */
  evidence(hits: Hit[]): SlotEvidence[] {
    const found = new Map<string, SlotEvidence>();
    for (const { slot, start, end } of hits) {
      const words = collapse(this.text.slice(this.words[start]?.start, this.words[end - 1]?.end));
      found.set(`${slot}\n${words}`, { slot, words });
    }
    return [...found.values()].slice(0, MAX_EVIDENCE);
  }

  /** Where the words of these hits stand on the page. */
  rangesOf(hits: Hit[]): StaticRange[] {
    return hits.slice(0, MAX_EVIDENCE).flatMap(({ start, end }) =>
      this.#visible.rangesOf(this.words[start]?.start ?? 0, this.words[end - 1]?.end ?? 0)
    );
  }
}
