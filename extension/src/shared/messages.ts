/** Every message that crosses a border inside the extension. Each: sender → receiver → answer. */
import type { CompiledLexicon, Remedy, Rule, RuleText, Severity } from "./bundle_types.ts";
import type { Gates } from "./gate_text.ts";
import type { Allowed, LedgerEntry } from "./ledger.ts";
import type { Mute } from "./mutes.ts";
import type { Settings } from "./settings.ts";
import type { Words } from "./translate.ts";

/** A control of the dialog, as the person reads it. */
export interface ControlEvidence {
  label: string;
  /** Exactly one control answers to this description. */
  certain: boolean;
}

export interface SlotEvidence {
  slot: string;
  /** The words on the page that met the slot, as they stand there. */
  words: string;
}

/** What one rule says about one candidate. Equal, key by key, in Python and TypeScript. */
export interface Verdict {
  rule: string;
  matched: boolean;
  severity: Severity | null;
  /** The lexicon that met it. */
  language: string | null;
  evidence: SlotEvidence[];
  accept: ControlEvidence | null;
  decline: ControlEvidence | null;
  /** How the dialog makes "yes" easier than "no": `no_decline`, `muted_decline`, `pre_ticked`. */
  asymmetry: string[];
  /** For a near miss, the first clause that failed, such as `requires camera_roll`. */
  failed: string | null;
}

/** All that the overlay needs to know; made in the frame of the dialog, shown in the top frame. */
export interface Warning {
  /** Names the dialog instance within its frame. */
  key: string;
  verdict: Verdict;
  severity: Severity;
  rule: Rule;
  text: RuleText;
  /** Host of the frame that asks. */
  host: string;
  /** Fingerprint of the dialog's words: the same words, the same fingerprint; nothing can be read out of it. */
  print: string;
  /** Version of the rules that fired; 0 for the baked ones of an unpublished build. */
  rulesVersion: number;
}

/** What the worker hands to a page. Rules are those whose match patterns fit `sender.url`. */
export interface PageRules {
  version: number;
  rules: Rule[];
  /** With gates: those of the languages that the page is likely to speak; others are asked for. Without: all. */
  lexicons: CompiledLexicon[];
  gates?: Gates;
  texts: RuleText[];
  /** The person's mutes on the top page's site; empty in frames. */
  mutes: Mute[];
  settings: Settings;
  /** What the overlay says in the language that the person chose; absent where that is the browser's. */
  words?: Words;
  /** What the person has allowed on the top page's site, the latest last; absent in frames. */
  allowed?: Allowed[];
  /** An administrator forbids to mute: then the overlay offers none. */
  mutesForbidden?: boolean;
}

/** How the channel stands, in words the popup can show. */
export interface ChannelStatus {
  /** Version of the signed rules in use (the targets role's version). */
  version: number;
  /** ISO 8601; when the maintainers published them. */
  publishedAt: string;
  /** ISO 8601; last check that verified, empty before the first. */
  checkedAt: string;
  /** The last failure in words, empty when the last check was fine. */
  error: string;
  /** The metadata in use has passed its expiry: still warning, but old. */
  isExpired: boolean;
  ruleCount: number;
  /** Rules of the bundle that this engine left out, each with the reason. */
  skipped: string[];
}

/**
 * content → worker → PageRules; `languages`: of page and person; `address`: whom the page speaks for, if the browser does
 * not say. Rules are public, and in a sandbox the browser knows no origin.
 */
export const GET_RULES = "getRules";
/** content → worker → CompiledLexicon[]; `languages`: those that a text gives cause for; `address` as in GET_RULES. */
export const GET_LEXICONS = "getLexicons";
/** content (a frame) → worker → top frame, with the sender's `frameId`: what the person chose in that frame's dialog; `key`, `choice`. */
export const CHOSE_IN_FRAME = "choseInFrame";
/** worker → every content script → nothing: rules or mutes have changed, ask again. */
export const RULES_CHANGED = "rulesChanged";
/**
 * content (a frame) → worker → nothing: a dialog was found; `key`, `verdict`, `address` as in GET_RULES. The rest is
 * looked up, not believed.
 */
export const SHOW_WARNING = "showWarning";
/** content (a frame) → worker → nothing: that dialog is gone; `key`. */
export const CLEAR_WARNING = "clearWarning";
/** worker → top frame: a frame's dialog; `frameId`, `warning`. The frame is the sender's, never the message's. */
export const SHOW_FRAME_WARNING = "showFrameWarning";
/** worker → top frame: `frameId`. */
export const CLEAR_FRAME_WARNING = "clearFrameWarning";
/** content (top) → worker → nothing: what is on screen now, for the badge; `rule` (null: nothing), `host`. */
export const ON_SCREEN = "onScreen";
/** content (top) → worker → that frame: what the person pressed; `frameId`, `key`, `act`. */
export const ACT_ON_DIALOG = "actOnDialog";
/** "shown" and "hidden" are no presses: whether that dialog's warning is on screen. */
export type DialogAct = "press" | "dismiss" | "recall" | "show" | "shown" | "hidden";
/**
 * content (top) → worker → Mute; `scope`, `rule`, `print`. The site is the sender's. All tabs hear RULES_CHANGED. No answer:
 * an administrator forbids it.
 */
export const MUTE = "mute";
/** content (top), popup, options → worker → nothing; `ids`: these mutes end. A page can end only those of its own site. */
export const UNMUTE = "unmute";
/** content (top) → worker → its id in the ledger, empty where none is kept; `rule`, `severity`, `print`, `host`, `rulesVersion`. */
export const NOTE_SEEN = "noteSeen";
/** content (top) → worker → nothing: what the person chose; `id` as NOTE_SEEN gave it, `choice`. */
export const NOTE_CHOICE = "noteChoice";
/** content (top) → worker → nothing: the page keeps removing the overlay; `rule`, `host`. */
export const SHOUT = "shout";
/** pages → worker → OwnState. */
export const GET_OWN_STATE = "getOwnState";
/** options → worker → OwnState; `settings`: what changes, in part. */
export const CHANGE_SETTINGS = "changeSettings";
/** options → worker → nothing: the ledger is emptied, or one `id` of it. */
export const ERASE_LEDGER = "eraseLedger";
/** options → worker → OwnState, its `notes` naming what was left out, or `{ error }` in words; `text`: what an export wrote. */
export const IMPORT = "import";
/** check-up, screenshot → worker → Catalogue, in the person's language. */
export const GET_CATALOGUE = "getCatalogue";
/** popup → worker → ChannelStatus */
export const GET_STATUS = "getStatus";
/** popup → worker → ChannelStatus, after a check. */
export const CHECK_NOW = "checkNow";
/** popup → top frame → PageStatus; no answer means: not watched. */
export const GET_PAGE_STATUS = "getPageStatus";

/** Why a page is not looked at for a moment: it changes without rest, is too large, opens too many dialogs. */
export type PauseReason = "changes" | "size" | "dialogs";

/** What the person has chosen and noted, for our own pages. */
export interface OwnState {
  settings: Settings;
  /** Names of what an administrator has fixed: settings, `mutesForbidden`, `mutedSites`. */
  managed: string[];
  /** The person's own; without effect while `mutesForbidden` is managed. */
  mutes: Mute[];
  /** Hosts on which an administrator has switched warnings off. */
  mutedSites?: string[];
  ledger: LedgerEntry[];
  /** What is not as it should be, in words: syncing that failed, a newer Rollguard's data. */
  notes?: string[];
}

/** Every rule that is known, with its texts in the person's language. */
export interface Catalogue {
  rules: Rule[];
  texts: RuleText[];
  lexicons: CompiledLexicon[];
  /** In the person's language, English where it lacks one; absent where the rules in use bring none. */
  remedies?: Remedy[];
  /** The rule service, whose guides a phone can open. */
  serviceUrl?: string;
  version: number;
}

export interface PageStatus {
  host: string;
  /** What keeps this page silent now; null while nothing does. */
  mute: Mute | null;
  /** Null while the page is looked at as it should be. */
  pause: { reason: PauseReason; seconds: number } | null;
  /** The warning that is on screen now. */
  warning: { rule: string; product: string; severity: Severity } | null;
  /** When the person allowed on this site what the warning is about, or, without one, what was allowed last; else empty. */
  allowedOn?: string;
  /** The rule of what was allowed; empty like `allowedOn`. */
  allowedRule?: string;
}
