/** The page's matcher, reachable for the parity tests: judges parsed HTML by its markup alone, as Python does. */
import { Matcher } from "../../extension/src/content/matcher.ts";
import { markupSight } from "../../extension/src/content/visible_text.ts";
import { cutWords } from "../../extension/src/content/words.ts";
import { parseBundle } from "../../extension/src/shared/bundle.ts";
import { fitsAny } from "../../extension/src/shared/match_patterns.ts";

let matcher: Matcher | null = null;

function useBundle(text: string): string[] {
  const bundle = parseBundle(text);
  matcher = new Matcher(bundle.rules, bundle.lexicons);
  return bundle.skipped;
}

function judge(html: string, url: string): unknown {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const inert of page.querySelectorAll("noscript")) inert.replaceChildren();
  return matcher?.judgePage(page, url, markupSight).map(({ title, judgements, shown }) => ({
    title,
    verdicts: judgements.map(({ verdict }) => verdict),
    shown: shown?.verdict.rule ?? null,
  }));
}

function words(text: string): string[] {
  return cutWords(text).map((word) => word.norm);
}

function selects(html: string, selector: string): string[] {
  const page = new DOMParser().parseFromString(html, "text/html");
  return [...page.querySelectorAll(selector)].map((element) => element.id);
}

Object.assign(globalThis, { rollguard: { useBundle, judge, words, selects, fitsAny } });
