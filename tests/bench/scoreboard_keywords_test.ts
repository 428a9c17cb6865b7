/// <reference lib="deno.ns" />
import { type Found, KeywordMatcher } from "./scoreboard_keywords.ts";

const ENGLISH = { photos: ["photo"], acts: ["ai", "cloud"], declines: ["not now"] };
const JAPANESE = { photos: ["写真"], acts: ["クラウド"], declines: ["許可しない"] };
const matcher = new KeywordMatcher([ENGLISH, JAPANESE]);

function expect(text: string, wanted: Found): void {
  const found = matcher.find(text);
  if (found.words !== wanted.words || found.withChoice !== wanted.withChoice) {
    throw new Error(`${text}: ${JSON.stringify(found)}`);
  }
}

Deno.test("pictures and what is done with them are enough, wherever they stand", () => {
  expect("Photos of clouds", { words: true, withChoice: false });
  expect("Your photos\nin our  Cloud? Not\nnow", { words: true, withChoice: true });
});

Deno.test("one of them alone is not", () => {
  expect("Our photos. Not now", { words: false, withChoice: false });
  expect("In the cloud. Not now", { words: false, withChoice: false });
});

Deno.test("a short word is a whole word, a longer one may go on", () => {
  expect("Photography in Aitutaki and Mumbai", { words: false, withChoice: false });
  expect("Photography by AI", { words: true, withChoice: false });
});

Deno.test("scripts without spaces are searched everywhere, and languages do not mix", () => {
  expect("すべての写真をクラウドへ 許可しない", { words: true, withChoice: true });
  expect("写真 AI", { words: false, withChoice: false });
});
