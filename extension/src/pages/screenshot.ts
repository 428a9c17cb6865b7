/** "Check a screenshot": a picture or a text in, what the rules say of it out. Nothing of either is kept or sent. */
import { type Ask, type Finding, judgeLines } from "../recognise/judge.ts";
import { dataFor } from "../recognise/languages.ts";
import { type Line, readPasted } from "../recognise/lines.ts";
import { PictureError } from "../recognise/picture.ts";
import { recogniseLines } from "../recognise/recogniser.ts";
import { sendToWorker } from "../shared/browser.ts";
import { make } from "../shared/elements.ts";
import { type Catalogue, GET_CATALOGUE } from "../shared/messages.ts";
import type { MessageKey, Translate } from "../shared/translate.ts";
import { startPage } from "./page.ts";
import { makeAnswer } from "./screenshot_answer.ts";
import { type Entry, makeEntry, makeProgress } from "./screenshot_entry.ts";

const REFUSED: Record<PictureError["refusal"], MessageKey> = {
  type: "shotUnreadable",
  large: "shotTooLarge",
  memory: "shotFailed",
};

let running: AbortController | null = null;

void startPage("screenshot", (translate) => {
  const answer = make("div", { id: "answer" });
  const said = make("p", { id: "said", role: "status" });
  const entry = makeEntry(translate, {
    picture: (file) =>
      void check(translate, said, answer, () => readPicture(file, entry, translate, said, answer)),
    text: (text) => void check(translate, said, answer, () => readText(text)),
  });
  return Promise.resolve([entry.element, said, answer]);
});

/** Says in words what is wrong; thrown by whoever reads. */
class Unreadable extends Error {
  constructor(readonly key: MessageKey) {
    super(key);
  }
}

/** Reads, judges, shows. What was begun before is no longer wanted. */
async function check(
  translate: Translate,
  said: HTMLElement,
  answer: HTMLElement,
  read: () => Promise<Line[]>,
): Promise<void> {
  running?.abort();
  const own = running = new AbortController();
  said.replaceChildren();
  answer.replaceChildren();
  answer.setAttribute("aria-busy", "true");
  try {
    const lines = await read();
    own.signal.throwIfAborted();
    if (lines.length === 0) throw new Unreadable("shotNoWords");
    show(judgeLines(lines, await askCatalogue()), translate, answer);
  } catch (error) {
    if (own !== running) return;
    answer.replaceChildren();
    said.replaceChildren(translate(own.signal.aborted ? "shotCancelled" : reasonFor(error)));
  } finally {
    if (own === running) answer.setAttribute("aria-busy", "false");
  }
}

function show(finding: Finding, translate: Translate, answer: HTMLElement): void {
  const choose = (ask: Ask) => {
    const rest = [finding.ask, ...finding.others].filter((each) => each !== null && each !== ask) as Ask[];
    show(
      { ...finding, ask, others: rest.filter(({ rule }) => rule.match_patterns.length > 0) },
      translate,
      answer,
    );
  };
  const shown = makeAnswer(finding, translate, choose);
  answer.replaceChildren(shown);
  shown.querySelector<HTMLElement>("h2")?.focus();
}

function reasonFor(error: unknown): MessageKey {
  if (error instanceof Unreadable) return error.key;
  console.warn("Rollguard: the picture was not read:", error);
  return error instanceof PictureError ? REFUSED[error.refusal] : "shotFailed";
}

function readText(text: string): Promise<Line[]> {
  if (text.trim() === "") return Promise.reject(new Unreadable("shotNoText"));
  return Promise.resolve(readPasted(text));
}

async function readPicture(
  file: Blob | null,
  entry: Entry,
  translate: Translate,
  said: HTMLElement,
  answer: HTMLElement,
): Promise<Line[]> {
  if (file === null) throw new Unreadable("shotNoPicture");
  const chosen = entry.languages();
  if (chosen.length === 0) throw new Unreadable("shotNoLanguage");
  const own = running;
  if (own === null) return [];
  const progress = makeProgress(file, translate, () => own.abort());
  said.replaceChildren(translate("shotReading"));
  answer.replaceChildren(progress.element);
  progress.element.scrollIntoView({ block: "nearest" });
  try {
    return await recogniseLines(file, dataFor(chosen), progress.show, own.signal);
  } finally {
    progress.end();
    if (own === running) said.replaceChildren();
  }
}

async function askCatalogue(): Promise<Catalogue> {
  const catalogue = await sendToWorker({ type: GET_CATALOGUE }).catch(() => null) as Catalogue | null;
  if (!catalogue) throw new Unreadable("shotNoRules");
  return catalogue;
}
