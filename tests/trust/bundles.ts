/** Bundles as the compiler writes them, as small as their shapes allow. */
import {
  BUNDLE_FORMAT,
  type Rollout,
  type Rule,
  type RuleText,
} from "../../extension/src/shared/bundle_types.ts";

const HEADER = `{"kind": "bundle", "format": ${BUNDLE_FORMAT}}`;

export interface RuleSketch {
  id: string;
  summary?: string;
  rollout?: Rollout;
}

/** The bundle with these rules, in the compiler's order. */
export function bundleOf(...rules: (string | RuleSketch)[]): string {
  const sketches = rules.map((rule) => typeof rule === "string" ? { id: rule } : rule);
  const lines = [...sketches.map(ruleLine), ...sketches.map(({ id }) => textLine(id))].sort();
  return [HEADER, ...lines].map((line) => `${line}\n`).join("");
}

/** Keys are sorted by the compiler; `id` first sorts the lines as their ids do. */
export function ruleLine({ id, summary = "It asks.", rollout }: RuleSketch): string {
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
    sources: [],
    ...(rollout === undefined ? {} : { rollout }),
  };
  return JSON.stringify({ kind: "rule", id, ...rule });
}

export function textLine(rule: string): string {
  const text: RuleText = {
    title: `${rule} asks`,
    consequences: [],
    decline: "No.",
    turn_off: [],
    rule,
    language: "en",
  };
  return JSON.stringify({ kind: "text", ...text, rule });
}
