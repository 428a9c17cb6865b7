/** The page's guard as the extension runs it, reachable for the corpus: a page goes in, what would be shown comes out. */
import { DEFAULT_SETTINGS } from "../../extension/src/shared/settings.ts";
import { Guard } from "../../extension/src/content/guard.ts";
import { layoutSight } from "../../extension/src/content/layout_sight.ts";
import { Matcher } from "../../extension/src/content/matcher.ts";
import { enterShadowRootsBy } from "../../extension/src/content/tree.ts";
import { type Bundle, parseBundle } from "../../extension/src/shared/bundle.ts";
import type { Verdict } from "../../extension/src/shared/messages.ts";

/** An extension asks the browser for closed shadow roots; a page that is measured has to remember its own. */
const closed = new WeakMap<Element, ShadowRoot>();
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options: ShadowRootInit): ShadowRoot {
  const root = attach.call(this, options);
  closed.set(this, root);
  return root;
};
enterShadowRootsBy((element) => element.shadowRoot ?? closed.get(element) ?? null);

/** What the person would be told, and for a miss what each rule that came near it says. */
interface Answer {
  shown: Verdict | null;
  near: Verdict[];
}

/**
 * A guard that works in slices has work waiting between them: only a browser that is idle, and idle again, has heard
 * it out.
 */
const QUIET_MS = 20;
const QUIET_TURNS = 2;
const LONGEST_TURN_MS = 1000;

let bundle: Bundle | null = null;
let matcher: Matcher | null = null;

/** Reads the rules once for all pages of this origin. */
function load(text: string): string[] {
  bundle = parseBundle(text);
  return bundle.skipped;
}

/** The case's page at its own address, as the parser makes it; then the verdict of each of its frames. */
async function examine(address: string, html: string, explain: boolean): Promise<Answer> {
  history.replaceState(null, "", address);
  document.open();
  const loaded = new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  document.write(html);
  document.close();
  openDeclaredRoots();
  await loaded;
  if (bundle === null) throw new Error("load the rules first");
  const answers = [await judge(bundle, address, explain)];
  for (const frame of document.querySelectorAll("iframe")) {
    const inner = frame.contentWindow as unknown as { rollguardCorpus: { judge: typeof judge } };
    answers.push(await inner.rollguardCorpus.judge(bundle, address, explain));
  }
  const shown = answers.map((answer) => answer.shown).findLast((verdict) => verdict !== null) ?? null;
  return { shown, near: answers.flatMap((answer) => answer.near) };
}

/** What the parser does with a page from the network, and not with one that is written. */
function openDeclaredRoots(): void {
  for (const template of document.querySelectorAll<HTMLTemplateElement>("template[shadowrootmode]")) {
    const mode = template.getAttribute("shadowrootmode") === "closed" ? "closed" : "open";
    template.parentElement?.attachShadow({ mode }).append(template.content);
    template.remove();
  }
}

async function judge(rules: Bundle, address: string, explain: boolean): Promise<Answer> {
  const shown = await ask(rules);
  if (!explain) return { shown, near: [] };
  matcher ??= new Matcher(rules.rules, rules.lexicons);
  const reports = matcher.judgePage(document, address, layoutSight);
  return {
    shown,
    near: reports.flatMap((report) => report.judgements.map((judgement) => judgement.verdict)),
  };
}

/** What the guard has found once it has nothing left to do. */
async function ask(rules: Bundle): Promise<Verdict | null> {
  const end = new AbortController();
  const now: { verdict: Verdict | null } = { verdict: null };
  const host = {
    found: (found: { verdict: Verdict }): void => {
      now.verdict = found.verdict;
    },
    gone: (): void => {
      now.verdict = null;
    },
    looked: (): void => {},
  };
  new Guard(document, host, () => false, end.signal).setRules({
    version: 0,
    texts: [],
    mutes: [],
    settings: DEFAULT_SETTINGS,
    ...rules,
  });
  for (let turn = 0; turn < QUIET_TURNS && now.verdict === null; turn++) await idle();
  const { verdict } = now;
  end.abort();
  return verdict;
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => requestIdleCallback(() => resolve(), { timeout: LONGEST_TURN_MS }), QUIET_MS);
  });
}

Object.assign(globalThis, { rollguardCorpus: { load, examine, judge } });
