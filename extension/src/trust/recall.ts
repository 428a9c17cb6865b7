/** What one maintainer alone may do: switch rules off. It can take away, and never add. */
import { Fields } from "./json_fields.ts";
import type { JsonValue } from "./canonical_json.ts";

export const RECALLED = "recalled.json";

export interface Recall {
  /** Ids of the rules that are off. */
  rules: Set<string>;
  /** Nothing newer than the build's own rules is used. */
  isAll: boolean;
}

export const NOTHING_RECALLED: Recall = { rules: new Set(), isAll: false };

/**
 * Comes after the signature. Where a later version says it in words that this one does not know, somebody wants
 * something off, and it is not known what: then only what the build brought is used.
 */
export function parseRecall(text: string): Recall {
  try {
    const fields = new Fields(RECALLED, JSON.parse(text) as JsonValue);
    if (fields.integer("format", 1) !== 1) fields.refuse("format", "is not 1");
    return { rules: new Set(fields.strings("rules")), isAll: fields.boolean("all") };
  } catch {
    return { rules: new Set(), isAll: true };
  }
}
