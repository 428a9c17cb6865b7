/** All rules → what one page needs of them: gates for all languages, lexicons only for those it is likely to speak. */
import type { CompiledLexicon, Rule } from "../shared/bundle_types.ts";
import { type Gates, gatesFor } from "../shared/gate_text.ts";
import { namesOf } from "../shared/language_names.ts";

const EVERYWHERE = "en";
/** Nobody reads more languages than this well enough to be asked in them. */
const MOST_LANGUAGES = 6;
const MOST_GATES = 20;

const gatesOf = new WeakMap<CompiledLexicon[], Map<string, Gates>>();

/** Made once for the pages that the same rules speak of. */
export function gatesOnce(rules: Rule[], lexicons: CompiledLexicon[]): Gates {
  const known = gatesOf.get(lexicons) ?? new Map<string, Gates>();
  gatesOf.set(lexicons, known);
  const key = rules.map((rule) => rule.id).join();
  const gates = known.get(key) ?? gatesFor(rules, lexicons);
  if (known.size >= MOST_GATES) known.clear();
  known.set(key, gates);
  return gates;
}

/** A page's and a person's languages as browsers write them ("pt-BR") → their lexicons, without what the gates say. */
export function lexiconsFor(codes: unknown, lexicons: CompiledLexicon[]): CompiledLexicon[] {
  const asked = (Array.isArray(codes) ? codes : []).filter((code) => typeof code === "string");
  const names = new Set(asked.slice(0, MOST_LANGUAGES).flatMap(namesOf));
  return lexicons.filter(({ language }) => names.has(language)).map((lexicon) => ({
    ...lexicon,
    starts: {},
  }));
}

/** The same for a page that begins: English stands on pages of every language. */
export function firstLexicons(codes: unknown, lexicons: CompiledLexicon[]): CompiledLexicon[] {
  return lexiconsFor([EVERYWHERE, ...(Array.isArray(codes) ? codes : [])], lexicons);
}
