/** What every page of the extension that fills a tab begins with: language, direction, heading. */
import { make, makeMark } from "../shared/elements.ts";
import { personTranslate } from "../shared/own_words.ts";
import type { Translate } from "../shared/translate.ts";

/** Fills `<main id=name>` with the heading and what `fill` makes, and tells a screen reader that it is there. */
export async function startPage(
  name: string,
  fill: (translate: Translate) => Promise<Node[]>,
): Promise<void> {
  const translate = await personTranslate();
  document.documentElement.lang = translate.language;
  document.documentElement.dir = translate.direction;
  const main = document.querySelector(`#${name}`) ?? document.body;
  const heading = make("header", {}, makeMark(), make("h1", {}, translate("extensionName")));
  main.replaceChildren(heading, ...await fill(translate));
  main.setAttribute("aria-busy", "false");
}
