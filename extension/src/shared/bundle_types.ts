/** Generated from backend/rollguard/rules/model.py by `rollguard rules schema --typescript`; edit that instead. */

export type Severity = "warning" | "notice";

export const ENGINE = 1;
export const BUNDLE_FORMAT = 1;
export const TEXTS_FORMAT = 1;

export interface Scope {
  dialog_selector: string;
  page_paths: string[];
  page_selector: string;
}

export interface Requirement {
  any_of: string[];
}

export interface Controls {
  accept: string[];
  accept_if_declinable: string[];
  decline: string[];
  unknown_beside: string[];
  unknown_with: string[];
  unknown_least: number;
  cancel_least: number;
  accept_selector: string;
  decline_selector: string;
  toggle: boolean;
}

export interface Source {
  id: string;
  title: string;
  url: string;
  date: string;
}

export interface Rollout {
  percent: number;
  salt: string;
}

export interface Rule {
  summary: string;
  product: string;
  severity: Severity;
  min_engine: number;
  match_patterns: string[];
  scope: Scope;
  requires: Requirement[];
  within_words: number;
  forbids: string[];
  forbids_if_weak: string[];
  forbids_if_cancel: string[];
  title_forbids: string[];
  forbids_selector: string;
  lowered_by: string[];
  lowered_by_alone: string[];
  not_alone_with: string[];
  controls: Controls;
  sources: Source[];
  texts_like?: string;
  rollout?: Rollout;
  id: string;
}

export interface Consequence {
  text: string;
  source: string;
}

export interface RuleText {
  title: string;
  consequences: Consequence[];
  decline: string;
  turn_off: string[];
  rule: string;
  language: string;
}

export interface CompiledLexicon {
  language: string;
  slots: Record<string, string>;
  starts: Record<string, string>;
}

export interface Remedy {
  title: string;
  steps: string[];
  uploaded: string;
  product: string;
  way: string;
  where: string;
  link: string;
  sources: Source[];
  id: string;
  language: string;
}

/** Every key of every record, with its shape: what a received record is held against. */
export const SHAPES = {
  Scope: {
    dialog_selector: "string",
    page_paths: "string[]",
    page_selector: "string",
  },
  Requirement: {
    any_of: "string[]",
  },
  Controls: {
    accept: "string[]",
    accept_if_declinable: "string[]",
    decline: "string[]",
    unknown_beside: "string[]",
    unknown_with: "string[]",
    unknown_least: "number",
    cancel_least: "number",
    accept_selector: "string",
    decline_selector: "string",
    toggle: "boolean",
  },
  Source: {
    id: "string",
    title: "string",
    url: "string",
    date: "string",
  },
  Rollout: {
    percent: "number",
    salt: "string",
  },
  Rule: {
    summary: "string",
    product: "string",
    severity: "Severity",
    min_engine: "number",
    match_patterns: "string[]",
    scope: "Scope",
    requires: "Requirement[]",
    within_words: "number",
    forbids: "string[]",
    forbids_if_weak: "string[]",
    forbids_if_cancel: "string[]",
    title_forbids: "string[]",
    forbids_selector: "string",
    lowered_by: "string[]",
    lowered_by_alone: "string[]",
    not_alone_with: "string[]",
    controls: "Controls",
    sources: "Source[]",
    texts_like: "string?",
    rollout: "Rollout?",
    id: "string",
  },
  Consequence: {
    text: "string",
    source: "string",
  },
  RuleText: {
    title: "string",
    consequences: "Consequence[]",
    decline: "string",
    turn_off: "string[]",
    rule: "string",
    language: "string",
  },
  CompiledLexicon: {
    language: "string",
    slots: "{string}",
    starts: "{string}",
  },
  Remedy: {
    title: "string",
    steps: "string[]",
    uploaded: "string",
    product: "string",
    way: "string",
    where: "string",
    link: "string",
    sources: "Source[]",
    id: "string",
    language: "string",
  },
} as const;
