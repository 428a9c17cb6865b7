/** Shows a page of the corpus and asks everybody who is compared: what each of them finds, and how long it looked. */
import "../corpus/engine.ts"; // remembers closed shadow roots, as an extension may enter them
import { layoutSight } from "../../extension/src/content/layout_sight.ts";
import { Matcher } from "../../extension/src/content/matcher.ts";
import { markupSight } from "../../extension/src/content/visible_text.ts";
import { parseBundle } from "../../extension/src/shared/bundle.ts";
import { type Found, KeywordMatcher, type Phrases } from "./scoreboard_keywords.ts";

/** What the npm package offers of itself, as far as it is used here. */
interface Consent {
  state: { findCmpAttempts: number };
  initialize(config: object, rules: null): void;
  findCmp(retries: number): Promise<unknown[]>;
  measurePerformance(): Record<string, number[]>;
}

declare const autoconsentPackage: {
  AutoConsent: new (send: () => Promise<void>, config: null, rules: object) => Consent;
  filterCompactRules(rules: unknown, context: { url: string; mainFrame: boolean }): unknown;
  rules: unknown;
};

interface Answers {
  found: Record<string, boolean>;
  ms: Record<string, number>;
}

const CONTROL = 'button, input[type="button"], input[type="submit"], a, [role="button"], [class*="button"]';
const OF_COOKIES = "\nThis website uses cookies.";
/** What it does without waiting; the time between is the page's own. */
const STAGES = ["findCmpSiteSpecific", "findCmpGeneric", "heuristicDetector", "detectHeuristics"];

let matcher = new Matcher([], []);
let keywords = new KeywordMatcher([]);
let loaded: Parameters<typeof load>;

/** Reads rules and words once for all pages of this origin. */
function load(rules: string, phrases: Phrases[]): void {
  loaded = [rules, phrases];
  const bundle = parseBundle(rules);
  matcher = new Matcher(bundle.rules, bundle.lexicons);
  keywords = new KeywordMatcher(phrases);
}

/** The guard's two looks; what it says is asked of the guard itself, as the corpus does. */
function judge(address: string): void {
  const isPossible = matcher.judgePage(document, address, markupSight).some(({ shown }) => shown !== null);
  if (isPossible) matcher.judgePage(document, address, layoutSight);
}

function seek(): Found {
  return keywords.find(document.body.innerText);
}

const SIDE = { load, judge, seek };

/** `turn` says who begins: whoever comes later finds work done already. */
async function compare(address: string, html: string, turn: number): Promise<Answers> {
  await show(address, html);
  const answers: Answers = { found: {}, ms: {} };
  const systems = [askKeywords, askOurs, askAutoconsent];
  for (let at = 0; at < systems.length; at++) await systems[(at + turn) % systems.length]!(address, answers);
  answers.found.anyDialog = await findsAnyDialog(address);
  return answers;
}

async function show(address: string, html: string): Promise<void> {
  history.replaceState(null, "", address);
  document.open();
  const loading = new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  document.write(html);
  document.close();
  await loading;
  for (const frame of innerFrames()) frame.rollguardScoreboard.load(...loaded);
  document.documentElement.getBoundingClientRect(); // the layout is nobody's cost
}

/** The same script runs in every frame, on that frame's own page. */
function innerFrames(): { rollguardScoreboard: typeof SIDE }[] {
  return [...document.querySelectorAll("iframe")].map((frame) =>
    frame.contentWindow as unknown as { rollguardScoreboard: typeof SIDE }
  );
}

function askKeywords(_address: string, answers: Answers): void {
  const sides = [SIDE, ...innerFrames().map((frame) => frame.rollguardScoreboard)];
  const start = performance.now();
  const found = sides.map((side) => side.seek());
  answers.ms.keywords = performance.now() - start;
  answers.found.keywords = found.some(({ words }) => words);
  answers.found.keywordsWithChoice = found.some(({ withChoice }) => withChoice);
}

function askOurs(address: string, answers: Answers): void {
  const sides = [SIDE, ...innerFrames().map((frame) => frame.rollguardScoreboard)];
  const start = performance.now();
  for (const side of sides) side.judge(address);
  answers.ms.rollguard = performance.now() - start;
}

async function askAutoconsent(address: string, answers: Answers): Promise<void> {
  performance.clearMeasures();
  const consent = consentAt(address);
  answers.found.autoconsent = (await consent.findCmp(0)).length > 0;
  const stages = consent.measurePerformance();
  answers.ms.autoconsent = STAGES.flatMap((stage) => stages[stage] ?? []).reduce((sum, ms) => sum + ms, 0);
}

/** Its finder of dialogs and buttons in its best light: every dialog is one of cookies, as far as it can tell. */
async function findsAnyDialog(address: string): Promise<boolean> {
  const own = Object.getOwnPropertyDescriptor(HTMLElement.prototype, "innerText")!;
  Object.defineProperty(HTMLElement.prototype, "innerText", {
    ...own,
    get(this: HTMLElement): string {
      const text: string = own.get!.call(this);
      return text.trim() === "" || this.matches(CONTROL) ? text : text + OF_COOKIES;
    },
  });
  try {
    return (await consentAt(address).findCmp(0)).length > 0;
  } finally {
    Object.defineProperty(HTMLElement.prototype, "innerText", own);
  }
}

/** All its rules and its widest heuristic. It looks for dialogs at every second attempt only: this is the second. */
function consentAt(url: string): Consent {
  const { AutoConsent, filterCompactRules, rules } = autoconsentPackage;
  const compact = filterCompactRules(rules, { url, mainFrame: true });
  const consent = new AutoConsent(() => Promise.resolve(), null, { autoconsent: [], compact });
  consent.initialize({
    enabled: false, // it does not start by itself: this page is asked now, without half a second's wait
    autoAction: null,
    isMainWorld: true,
    enableHeuristicDetection: true,
    heuristicMode: "tier2",
    performanceLoggingEnabled: true,
  }, null);
  consent.state.findCmpAttempts = 1;
  return consent;
}

Object.assign(globalThis, { rollguardScoreboard: { ...SIDE, compare } });
