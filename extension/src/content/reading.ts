/**
 * Candidate → reading: its text, words, title and hits, read once for all rules.
 * Twin: backend/rollguard/rules/reading.py.
 */
import type { SlotEvidence } from "../shared/messages.ts";
import { type Candidate, isOwn } from "./candidates.ts";
import { labelledBy } from "./controls.ts";
import type { Hit, SlotIndex } from "./slots.ts";
import { readText, type Sight } from "./visible_text.ts";
import { BREAK, collapse, cutWords, type Word } from "./words.ts";

const HEADING = "h1, h2, h3, [role=heading]";
const MAX_EVIDENCE = 16;

export class Reading {
  readonly text: string;
  readonly words: Word[];
  readonly title: string;
  readonly titleWords: Word[];
  readonly #hits = new Map<string, { text: Hit[]; title: Hit[] }>();

  constructor(readonly candidate: Candidate, readonly sight: Sight) {
    this.text = readText(candidate.element, sight, candidate.nested);
    this.words = cutWords(this.text);
    this.title = this.#readTitle();
    this.titleWords = cutWords(this.title);
  }

  #readTitle(): string {
    const { element } = this.candidate;
    const heading = [...element.querySelectorAll(HEADING)]
      .find((found) => isOwn(found, this.candidate, this.sight));
    const visible = heading === undefined
      ? this.text.split(BREAK).find((line) => collapse(line) !== "") ?? ""
      : readText(heading, this.sight);
    const parts = [
      element.getAttribute("aria-label") ?? "",
      labelledBy(element, element, this.sight),
      visible,
    ];
    return [...new Set(parts.map(collapse).filter((part) => part !== ""))].join(BREAK);
  }

  hits(index: SlotIndex): { text: Hit[]; title: Hit[] } {
    let hits = this.#hits.get(index.language);
    if (hits === undefined) {
      hits = { text: index.hits(this.words), title: index.hits(this.titleWords) };
      this.#hits.set(index.language, hits);
    }
    return hits;
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
}
