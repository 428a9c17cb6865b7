/** The content script: plugs one frame's guard and, in the top frame, the presenter into the extension. */
import {
  getMessage,
  getUILanguage,
  type Message,
  onMessage,
  openOrClosedShadowRoot,
} from "../shared/browser.ts";
import type { CompiledLexicon } from "../shared/bundle_types.ts";
import type { Choice } from "../shared/ledger.ts";
import {
  ACT_ON_DIALOG,
  CHOSE_IN_FRAME,
  CLEAR_FRAME_WARNING,
  CLEAR_WARNING,
  type DialogAct,
  GET_LEXICONS,
  GET_PAGE_STATUS,
  ON_SCREEN,
  type PageRules,
  RULES_CHANGED,
  SHOW_FRAME_WARNING,
  SHOW_WARNING,
  type Warning,
} from "../shared/messages.ts";
import { DEFAULT_SETTINGS } from "../shared/settings.ts";
import { changeable, chosenTranslate, extensionTranslate } from "../shared/translate.ts";
import { composeWarning } from "../shared/warning.ts";
import { pageAddress, pageHost } from "./address.ts";
import { anchorOf, frameAnchor } from "./anchor.ts";
import { DialogSide } from "./dialog_side.ts";
import { type Found, Guard } from "./guard.ts";
import { nameSite } from "./overlay_card.ts";
import { isOurs } from "./overlay_host.ts";
import { pageStatusOf } from "./page_status.ts";
import { Presenter } from "./presenter.ts";
import { enterShadowRootsBy } from "./tree.ts";
import { Warned } from "./warned.ts";
import { WorkerLink } from "./worker_link.ts";

Object.assign(globalThis, { [Symbol.for("rollguard")]: true }); // IS_HERE of shared/site_access.ts
const stop = new AbortController();
const link = new WorkerLink(() => {
  presenter?.clearAll();
  stop.abort();
});
const send = (message: Message) => link.send(message);
const browsersWords = extensionTranslate(getMessage, getUILanguage());
const translate = changeable(browsersWords);
const presenter = globalThis.self === globalThis.top
  ? new Presenter(translate, (warning) => {
    void send({ type: ON_SCREEN, rule: warning?.rule.id ?? null, host: warning?.host ?? "" });
  })
  : null;
const warned = new Warned(send);
let rules: PageRules | null = null;

// Our own words, which stand inside the dialog where that is modal, are not the dialog's.
enterShadowRootsBy((element) => isOurs(element) ? null : openOrClosedShadowRoot(element));

const guard = new Guard(
  document,
  {
    found(found) {
      listen();
      const { key, verdict, print } = found;
      if (presenter === null) {
        return void send({ type: SHOW_WARNING, key, verdict, print, address: pageAddress(document) });
      }
      const warning = warningOf(found);
      if (warning === null) return;
      const actions = warned.actionsFor(`own ${key}`, warning, (act) => side.act(key, act));
      presenter.show(key, warning, actions, anchorOf(found));
    },
    gone(key) {
      side.gone(key);
      if (presenter === null) void send({ type: CLEAR_WARNING, key });
      else presenter.clear(key);
    },
    wants: (languages) => void fetchLexicons(languages),
    looked() {
      side.refresh();
      presenter?.refresh();
    },
  },
  isOurs,
  stop.signal,
);

const side = new DialogSide(
  guard,
  {
    settings: () => rules?.settings ?? DEFAULT_SETTINGS,
    isSeen: ({ key }) => presenter?.isSeen(key) ?? true, // a frame has been told so
    titleOf: (found) => nameSite(warningOf(found)?.text.title ?? "", location.hostname),
    chose(found, choice) {
      if (presenter === null) void send({ type: CHOSE_IN_FRAME, key: found.key, choice });
      else warned.chose(`own ${found.key}`, choice);
    },
  },
  translate,
  stop.signal,
);

function warningOf({ key, verdict, print }: Found): Warning | null {
  return rules && composeWarning(key, verdict, pageHost(document), print, rules);
}

async function takeRules(): Promise<void> {
  const answer = await link.askForRules();
  if (answer === null) return;
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
  const { key } = warning;
  const actions = warned.actionsFor(`frame ${frameId} ${key}`, warning, (act) => {
    void send({ type: ACT_ON_DIALOG, frameId, key, act });
  });
  presenter?.show(`frame ${frameId}`, warning, actions, frameAnchor(document));
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
    case CHOSE_IN_FRAME:
      return Promise.resolve(
        warned.chose(`frame ${message.frameId} ${message.key}`, message.choice as Choice),
      );
    case ACT_ON_DIALOG:
      return Promise.resolve(side.act(String(message.key), message.act as DialogAct));
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

const leave = () => void (presenter ?? send({ type: CLEAR_WARNING, key: "" }));
const show = ({ persisted }: PageTransitionEvent) => void (persisted && comeBack());

/** `document.open()` takes all listeners away, and the page stays; adding one twice changes nothing. */
function listen(): void {
  globalThis.addEventListener("pagehide", leave, { signal: stop.signal });
  globalThis.addEventListener("pageshow", show, { signal: stop.signal });
}

listen();
document.addEventListener("prerenderingchange", comeBack, { once: true, signal: stop.signal });
void takeRules();
