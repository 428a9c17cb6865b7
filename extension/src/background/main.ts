/**
 * The service worker: keeps the rules fresh, hands them to pages, keeps what the person chooses.
 * Listeners first, readiness inside, memory nowhere: it may be stopped between any two lines.
 */
import {
  getUILanguage,
  type Message,
  onMessage,
  queryAllTabs,
  type Sender,
  sendToTab,
} from "../shared/browser.ts";
import { onStorageChanged } from "../shared/browser_storage.ts";
import {
  ACT_ON_DIALOG,
  type Catalogue,
  CHANGE_SETTINGS,
  type ChannelStatus,
  CHECK_NOW,
  CHOSE_IN_FRAME,
  CLEAR_WARNING,
  ERASE_LEDGER,
  GET_CATALOGUE,
  GET_LEXICONS,
  GET_OWN_STATE,
  GET_RULES,
  GET_STATUS,
  IMPORT,
  MUTE,
  NOTE_CHOICE,
  NOTE_SEEN,
  ON_SCREEN,
  type PageRules,
  RULES_CHANGED,
  SHOUT,
  SHOW_WARNING,
  UNMUTE,
} from "../shared/messages.ts";
import type { CompiledLexicon } from "../shared/bundle_types.ts";
import { translateIn } from "../shared/own_words.ts";
import { mayLookAt } from "../shared/site_access.ts";
import type { RuleChannel } from "../trust/rule_channel.ts";
import { choicesFor, settingsInForce } from "./choices.ts";
import { listenToInstall } from "./first_day.ts";
import { actOnDialog, choseInFrame, clearWarning, showWarning } from "./frames.ts";
import { listenToAccess } from "./granted_sites.ts";
import { eraseLedger, noteChoice, noteSeen } from "./ledger.ts";
import { mute, unmute } from "./mutes.ts";
import { changeSettings, importText, ownState } from "./own_state.ts";
import { firstLexicons, gatesOnce, lexiconsFor } from "./page_rules.ts";
import { pageWords } from "./page_words.ts";
import { listen, Polling } from "./polling.ts";
import { answering } from "./requests.ts";
import { markTab, shout } from "./signs.ts";
import { hostOf, spokenFor } from "./spoken_for.ts";
import { readBaked, startUp } from "./start_up.ts";
import { listenToDevices, synchronise } from "./sync.ts";

const baked = readBaked();
const ready = baked.then(startUp);
const polling = new Polling(ready, tellAllTabs);

async function tellAllTabs(): Promise<void> {
  await Promise.all((await queryAllTabs()).map((tab) => sendToTab(tab.id, { type: RULES_CHANGED })));
}

/** After each change of what the person has chosen: other tabs and other devices hear of it, and nobody waits for that. */
function spread<Answer>(answer: Answer): Answer {
  void tellAllTabs();
  void synchronise(tellAllTabs);
  return answer;
}

/** @param language the person's choice; empty: the browser's. Its texts are read before anybody is told of rules. */
async function channelIn(language: string): Promise<RuleChannel> {
  const channel = await ready;
  await channel.speak(language || getUILanguage());
  return channel;
}

/** What the sender's page may know; `address` as in GET_RULES, believed only where the browser is silent. */
async function rulesFor(sender: Sender, { address, languages }: Message): Promise<PageRules> {
  void polling.pageOpened();
  const isTop = sender.frameId === 0;
  const choices = await choicesFor(isTop ? hostOf(sender.url) : null, sender.isPrivate);
  // A page that was open when its site was taken back still asks: it gets nothing, and falls silent.
  if (!sender.isOwnPage && !await mayLookAt(spokenFor(sender, address))) {
    return { ...choices, version: 0, rules: [], lexicons: [], texts: [] };
  }
  const { language } = choices.settings;
  const channel = await channelIn(language);
  const { lexicons, ...found } = channel.rulesFor(spokenFor(sender, address), language || getUILanguage());
  if (found.rules.length === 0) return { ...found, ...choices, lexicons: [] };
  const words = await pageWords(language);
  // Most frames ask nothing: they get lexicons when one of their words gives cause for it.
  const first = isTop ? firstLexicons(languages, lexicons) : [];
  return { ...found, ...choices, words, gates: gatesOnce(found.rules, lexicons), lexicons: first };
}

async function lexiconsOf({ languages, address }: Message, sender: Sender): Promise<CompiledLexicon[]> {
  const { lexicons } = (await ready).rulesFor(spokenFor(sender, address), getUILanguage());
  return lexiconsFor(languages, lexicons);
}

/** Every rule, whatever page it speaks of, in the person's language. */
async function catalogue(): Promise<Catalogue> {
  const { language } = await settingsInForce();
  const spoken = language || getUILanguage();
  const channel = await channelIn(language);
  return {
    ...channel.catalogue(spoken),
    remedies: channel.remedies(spoken),
    serviceUrl: (await baked).serviceUrl,
  };
}

async function sign(show: typeof markTab, message: Message, sender: Sender): Promise<void> {
  const [{ texts }, { language }] = await Promise.all([catalogue(), settingsInForce()]);
  await show(message, sender, texts, await translateIn(language));
}

async function status(isFresh: boolean): Promise<ChannelStatus> {
  if (isFresh) await polling.check();
  return (await ready).status();
}

/** The popup's reminder is to know of an answer while the page is still open. */
async function choose(message: Message, sender: Sender): Promise<void> {
  const isAnswered = await noteChoice(message, sender);
  if (isAnswered && sender.tabId !== undefined) {
    await sendToTab(sender.tabId, { type: RULES_CHANGED }, { frameId: 0 });
  }
}

onMessage(answering({
  frames: {
    [GET_RULES]: (message, sender) => rulesFor(sender, message),
    [GET_LEXICONS]: lexiconsOf,
    [SHOW_WARNING]: async (message, sender) => showWarning(message, sender, await rulesFor(sender, message)),
    [CHOSE_IN_FRAME]: choseInFrame,
    [CLEAR_WARNING]: (_message, sender) => clearWarning(sender),
  },
  topFrames: {
    [ON_SCREEN]: (message, sender) => sign(markTab, message, sender),
    [ACT_ON_DIALOG]: actOnDialog,
    [MUTE]: async (message, sender) => spread(await mute(message, sender)),
    [UNMUTE]: async (message, sender) => spread(await unmute(message, hostOf(sender.url))),
    [NOTE_SEEN]: async (message, sender) => noteSeen(message, sender, (await catalogue()).rules),
    [NOTE_CHOICE]: choose,
    [SHOUT]: (message, sender) => sign(shout, message, sender),
  },
  ownPages: {
    // The demo of the welcome page, which is watched as any page is.
    [GET_RULES]: (message, sender) => rulesFor(sender, message),
    [GET_LEXICONS]: lexiconsOf,
    [UNMUTE]: async (message) => spread(await unmute(message, null)),
    [GET_OWN_STATE]: () => ownState(),
    [CHANGE_SETTINGS]: async (message) => spread(await changeSettings(message)),
    [ERASE_LEDGER]: async (message) => spread(await eraseLedger(message)),
    [IMPORT]: async (message) => spread(await importText(message)),
    [GET_CATALOGUE]: catalogue,
    [GET_STATUS]: () => status(false),
    [CHECK_NOW]: () => status(true),
  },
}));
listen(polling);
listenToAccess(tellAllTabs);
listenToInstall();
listenToDevices(tellAllTabs);
onStorageChanged("managed", () => void tellAllTabs());
void synchronise(tellAllTabs);
