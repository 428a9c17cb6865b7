/** Carries warnings from frames to the top frame, and what the person presses there back to the frame. */
import { type Message, type Sender, sendToTab } from "../shared/browser.ts";
import {
  ACT_ON_DIALOG,
  CHOSE_IN_FRAME,
  CLEAR_FRAME_WARNING,
  type PageRules,
  SHOW_FRAME_WARNING,
  type Verdict,
} from "../shared/messages.ts";
import { composeWarning } from "../shared/warning.ts";
import { hostOf, spokenFor } from "./spoken_for.ts";

/** A frame's dialog is told of in the top frame, which knows what is muted. @param rules those of the frame. */
export async function showWarning(message: Message, sender: Sender, rules: PageRules): Promise<void> {
  const { tabId, frameId } = sender;
  if (tabId === undefined || frameId === undefined || frameId === 0) return;
  const { key, verdict, print, address } = message;
  const host = hostOf(spokenFor(sender, address));
  const warning = composeWarning(String(key), verdict as Verdict, host, String(print), rules);
  if (warning === null) return;
  await sendToTab(tabId, { type: SHOW_FRAME_WARNING, frameId, warning }, { frameId: 0 });
}

export async function clearWarning({ tabId, frameId }: Sender): Promise<void> {
  if (tabId === undefined || frameId === undefined || frameId === 0) return;
  await sendToTab(tabId, { type: CLEAR_FRAME_WARNING, frameId }, { frameId: 0 });
}

/** The top frame knows the note that this choice belongs to. */
export async function choseInFrame({ key, choice }: Message, { tabId, frameId }: Sender): Promise<void> {
  if (tabId === undefined || frameId === undefined || frameId === 0) return;
  await sendToTab(tabId, { type: CHOSE_IN_FRAME, frameId, key, choice }, { frameId: 0 });
}

/** Only a page's top frame, where the overlay is, speaks for the person. */
export async function actOnDialog(message: Message, { tabId, frameId }: Sender): Promise<void> {
  if (tabId === undefined || frameId !== 0 || typeof message.frameId !== "number") return;
  const { key, act } = message;
  await sendToTab(tabId, { type: ACT_ON_DIALOG, key, act }, { frameId: message.frameId });
}
