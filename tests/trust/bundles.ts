/** Bundles as the compiler writes them, as small as their shapes allow. */
import {
  BUNDLE_FORMAT,
  type Rollout,
  type Rule,
  type RuleText,
  type Source,
  TEXTS_FORMAT,
} from "../../extension/src/shared/bundle_types.ts";

const HEADER = `{"kind": "bundle", "format": ${BUNDLE_FORMAT}}`;

export interface RuleSketch {
  id: string;
  summary?: string;
  texts_like?: string;
  sources?: Source[];
  rollout?: Rollout;
}

/** The bundle with these rules, in the compiler's order. */
export function bundleOf(...rules: (string | RuleSketch)[]): string {
  const sketches = rules.map((rule) => typeof rule === "string" ? { id: rule } : rule);
  return inOrder(HEADER, sketches.map(ruleLine));
}

/** The texts of these rules in one language, in the compiler's order. */
export function textsOf(language: string, ...texts: (string | Partial<RuleText>)[]): string {
  const header = JSON.stringify({ kind: "texts", format: TEXTS_FORMAT, language });
  const lines = texts.map((text) => textLine(language, typeof text === "string" ? { rule: text } : text));
  return inOrder(header, lines);
}

function inOrder(header: string, lines: string[]): string {
  return [header, ...lines.sort()].map((line) => `${line}\n`).join("");
}

/** Keys are sorted by the compiler; `id` first sorts the lines as their ids do. */
export function ruleLine(
  { id, summary = "It asks.", texts_like, sources = [], rollout }: RuleSketch,
): string {
  const rule: Omit<Rule, "id"> = {
    summary,
    product: "Acme",
    severity: "warning",
    min_engine: 1,
    match_patterns: [],
    scope: { dialog_selector: "", page_paths: [], page_selector: "" },
    requires: [],
    within_words: 40,
    forbids: [],
    forbids_if_weak: [],
    forbids_if_cancel: [],
    title_forbids: [],
    forbids_selector: "",
    lowered_by: [],
    lowered_by_alone: [],
    not_alone_with: [],
    controls: {
      accept: [],
      accept_if_declinable: [],
      decline: [],
      unknown_beside: [],
      unknown_with: [],
      unknown_least: 1,
      cancel_least: 0,
      accept_selector: "",
      decline_selector: "",
      toggle: false,
    },
    sources,
    ...(texts_like === undefined ? {} : { texts_like }),
    ...(rollout === undefined ? {} : { rollout }),
  };
  return JSON.stringify({ kind: "rule", id, ...rule });
}

function textLine(language: string, { rule = "", ...said }: Partial<RuleText>): string {
  const text = { title: `${rule} asks`, consequences: [], decline: "No.", turn_off: [], ...said };
  return JSON.stringify({ kind: "text", rule, language, ...text });
}
