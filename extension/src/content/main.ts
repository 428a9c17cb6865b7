/** The content script: plugs one frame's guard and, in the top frame, the presenter into the extension. */
import {
  getMessage,
  getUILanguage,
  isOrphan,
  type Message,
  onMessage,
  openOrClosedShadowRoot,
  sendToWorker,
} from "../shared/browser.ts";
import type { CompiledLexicon } from "../shared/bundle_types.ts";
import {
  ACT_ON_DIALOG,
  CLEAR_FRAME_WARNING,
  CLEAR_WARNING,
  GET_LEXICONS,
  GET_PAGE_STATUS,
  GET_RULES,
  MUTE,
  ON_SCREEN,
  type PageRules,
  RULES_CHANGED,
  SHOW_FRAME_WARNING,
  SHOW_WARNING,
  type Warning,
} from "../shared/messages.ts";
import type { MuteScope } from "../shared/mutes.ts";
import { changeable, chosenTranslate, extensionTranslate } from "../shared/translate.ts";
import { composeWarning } from "../shared/warning.ts";
import { pageAddress } from "./address.ts";
import { anchorOf, frameAnchor } from "./anchor.ts";
import { Guard } from "./guard.ts";
import { pageStatusOf } from "./page_status.ts";
import { Presenter } from "./presenter.ts";
import { enterShadowRootsBy } from "./tree.ts";

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;

const stop = new AbortController();
const browsersWords = extensionTranslate(getMessage, getUILanguage());
const translate = changeable(browsersWords);
const presenter = globalThis.self === globalThis.top
  ? new Presenter(translate, (warning) => {
    void send({ type: ON_SCREEN, rule: warning?.rule.id ?? null, host: warning?.host ?? "" });
  })
  : null;
let rules: PageRules | null = null;

// Our own words, which stand inside the dialog where that is modal, are not the dialog's.
enterShadowRootsBy((element) => presenter?.isOurs(element) ? null : openOrClosedShadowRoot(element));

const guard = new Guard(
  document,
  {
    found(found) {
      listen();
      const { key, verdict, print } = found;
      if (presenter === null) {
        return void send({ type: SHOW_WARNING, key, verdict, print, address: pageAddress(document) });
      }
      const warning = rules && composeWarning(key, verdict, location.hostname, print, rules);
      if (!warning) return;
      presenter.show(key, warning, {
        press: () => guard.pressDecline(key),
        dismiss: () => guard.dismiss(key),
        mute: (scope) => void mute(warning, scope),
      }, anchorOf(found));
    },
    gone(key) {
      if (presenter === null) void send({ type: CLEAR_WARNING, key });
      else presenter.clear(key);
    },
    wants: (languages) => void fetchLexicons(languages),
    looked: () => presenter?.refresh(),
  },
  (node) => presenter?.isOurs(node) ?? false,
  stop.signal,
);

/** Our failure is never the page's: an orphan falls silent, anything else is tried again at the next change. */
async function send(message: Message): Promise<unknown> {
  if (isOrphan()) {
    presenter?.clearAll();
    stop.abort();
    return undefined;
  }
  try {
    return await sendToWorker(message);
  } catch {
    return undefined;
  }
}

/** A browser that is just starting, or a worker that fails, gives no rules yet: silence would be a lie, so ask again. */
async function takeRules(retryMs = FIRST_RETRY_MS): Promise<void> {
  const languages = [document.documentElement?.lang ?? "", ...navigator.languages];
  const ask = { type: GET_RULES, address: pageAddress(document), languages };
  const answer = await send(ask) as PageRules | undefined;
  if (stop.signal.aborted) return;
  if (answer === undefined) {
    setTimeout(() => void takeRules(Math.min(2 * retryMs, LAST_RETRY_MS)), retryMs);
    return;
  }
  rules = answer;
  translate.use(answer.words === undefined ? browsersWords : chosenTranslate(answer.words));
  if (isPrerendered()) return;
  presenter?.setMutes(answer.mutes);
  guard.setRules(answer);
}

/** Should they not come, the next text that gives cause for them asks again. */
async function fetchLexicons(languages: string[]): Promise<void> {
  const answer = await send({ type: GET_LEXICONS, address: pageAddress(document), languages });
  guard.learn(answer as CompiledLexicon[] ?? [], answer === undefined ? languages : []);
}

/** A page that is only being prepared stands in no tab: what it would say, another page would show. */
function isPrerendered(): boolean {
  return (document as { prerendering?: boolean }).prerendering === true;
}

/** A dialog in a frame of this page, found by the guard in there; shown here, acted on there. */
function showFrameWarning(frameId: number, warning: Warning): void {
  const act = (what: "press" | "dismiss") => (): void => {
    void send({ type: ACT_ON_DIALOG, frameId, key: warning.key, act: what });
  };
  const actions = {
    press: act("press"),
    dismiss: act("dismiss"),
    mute: (scope: MuteScope) => void mute(warning, scope),
  };
  presenter?.show(`frame ${frameId}`, warning, actions, frameAnchor(document));
}

function mute({ rule, print }: Warning, scope: MuteScope): Promise<unknown> {
  return send({ type: MUTE, scope, rule: rule.id, print });
}

onMessage((message) => {
  switch (message.type) {
    case RULES_CHANGED:
      return takeRules();
    case GET_PAGE_STATUS:
      return presenter === null
        ? undefined
        : Promise.resolve(pageStatusOf(rules, presenter.warning, guard.pause));
    case SHOW_FRAME_WARNING:
      return Promise.resolve(showFrameWarning(message.frameId as number, message.warning as Warning));
    case CLEAR_FRAME_WARNING:
      return Promise.resolve(presenter?.clear(`frame ${message.frameId}`));
    case ACT_ON_DIALOG:
      if (message.act === "press") guard.pressDecline(message.key as string);
      else guard.dismiss(message.key as string);
      return Promise.resolve();
    default:
      return undefined;
  }
});

/** Who had been told of the page has forgotten it, and it has been told of no new rules. */
function comeBack(): void {
  if (rules !== null) guard.setRules(rules);
  guard.startAnew();
  void takeRules();
}

function leave(): void {
  if (presenter === null) void send({ type: CLEAR_WARNING, key: "" });
}

function show(event: PageTransitionEvent): void {
  if (event.persisted) comeBack();
}

/** `document.open()` takes all listeners away, and the page stays; adding one twice changes nothing. */
function listen(): void {
  globalThis.addEventListener("pagehide", leave, { signal: stop.signal });
  globalThis.addEventListener("pageshow", show, { signal: stop.signal });
}

listen();
document.addEventListener("prerenderingchange", comeBack, { once: true, signal: stop.signal });
void takeRules();
