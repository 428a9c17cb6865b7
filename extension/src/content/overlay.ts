/** The overlay's life: one element in the top layer, beside the dialog, until the signal or the person ends it. */
import type { Warning } from "../shared/messages.ts";
import type { Translate } from "../shared/translate.ts";
import type { Anchor, Overlay, OverlayActions } from "./overlay_contract.ts";
import { type Act, makeCard, makeChip, nameSite } from "./overlay_card.ts";
import { focusCard, isFocusNowhere } from "./overlay_focus.ts";
import { guardOverlay } from "./overlay_guard.ts";
import { copyReport, type Reach, REACHES } from "./overlay_folds.ts";
import { createWarningHost, homeIn, isOnTop, promote } from "./overlay_host.ts";
import { followPage, naturalHeight, readScene, watchSight } from "./overlay_scene.ts";
import { styleOverlay } from "./overlay_style.ts";
import { chooseWidth, type Placement, placeOverlay } from "./placement.ts";
import { endUndo, offerUndo } from "./undo.ts";

/** A press that came sooner was meant for what stood there before (clickjacking). */
const ARMED_AFTER_MS = 500;

/** Pages that draw themselves anew throw us out unmeant; one that does it so often means it. */
const MOST_RETURNS = 20;

export function showOverlay(
  warning: Warning,
  actions: OverlayActions,
  translate: Translate,
  anchor: Anchor,
  signal: AbortSignal,
): Overlay {
  endUndo();
  const ending = new AbortController();
  const { host, shadow } = createWarningHost(warning);
  const parent = () => homeIn(anchor.container());
  parent().append(host);
  const place = styleOverlay(shadow);
  let content = warning.severity === "notice" ? makeChip(warning, translate) : showCard();
  shadow.append(content);
  let placed: Placement | null = null;
  let shownAt = performance.now();
  let frame = 0;
  let returns = 0;
  let giveFocusBack = () => {};

  function showCard(): HTMLElement {
    return makeCard(warning, location.hostname, translate);
  }

  function act(name: Act, pressed: Element, isKeyboard: boolean): void {
    if (name === "expand") return expand();
    if (name === "press") return actions.press();
    if (name === "show") return actions.showDecline?.();
    if (name === "copy") return void copyReport(pressed);
    const reach = pressed.getAttribute("data-reach") as Reach | null;
    close();
    if (reach === null || reach === "dialog") actions.dismiss();
    else actions.mute(reach);
    if (reach === null || actions.undo === undefined || placed === null) return;
    const said = translate("overlayMuted", [translate(REACHES[reach])]);
    offerUndo({
      said,
      undo: () => actions.undo?.(),
      container: parent(),
      beside: placed,
      isKeyboard,
      translate,
    });
  }

  function expand(): void {
    const card = showCard();
    content.replaceWith(card);
    content = card;
    observer.observe(card);
    update();
    giveFocusBack = focusCard(card);
  }

  function update(): void {
    if (ending.signal.aborted) return;
    if (!host.isConnected) {
      if (++returns > MOST_RETURNS) {
        if (returns === MOST_RETURNS + 1) actions.removed?.();
        return;
      }
      schedule(); // what is removed again before it is drawn changes no size
    }
    const focused = shadow.activeElement;
    const container = parent();
    if (host.parentNode !== container) container.append(host);
    position();
    if (promote(host)) shownAt = performance.now();
    if (focused instanceof HTMLElement && shadow.activeElement !== focused) {
      focused.focus({ preventScroll: true });
    }
  }

  function position(): void {
    const scene = readScene(anchor, translate.direction);
    if (placed === null) place({ kind: "over", left: 0, top: 0, width: chooseWidth(scene), height: 100_000 });
    else if (placed.width !== chooseWidth(scene)) place({ ...placed, width: chooseWidth(scene) });
    const isChip = content.classList.contains("chip");
    const next = placeOverlay({
      ...scene,
      cardHeight: naturalHeight(content),
      cardWidth: isChip ? content.offsetWidth : undefined,
    });
    content.classList.toggle("tight", next.height < 300);
    place(next);
    if (placed === null || placed.left !== next.left || placed.top !== next.top) shownAt = performance.now();
    placed = next;
  }

  function schedule(): void {
    if (frame === 0) {
      frame = requestAnimationFrame(() => {
        frame = 0;
        update();
      });
    }
  }

  function close(): void {
    if (ending.signal.aborted) return;
    ending.abort();
    cancelAnimationFrame(frame);
    observer.disconnect();
    const hadFocus = document.activeElement === host;
    host.remove();
    if (hadFocus) giveFocusBack();
  }

  guardOverlay({
    host,
    shadow,
    onPress(pressed, event) {
      const button = pressed.closest("[data-act]");
      if (button === null || performance.now() - shownAt < ARMED_AFTER_MS) return;
      act(button.getAttribute("data-act") as Act, button, event.detail === 0);
    },
    onKey(event) {
      const isOurs = event.target === host || (isFocusNowhere() && !content.classList.contains("chip"));
      if (event.key !== "Escape" || event.defaultPrevented || !isOurs) return;
      // Ours alone: neither the page nor a native dialog shall close with it.
      event.preventDefault();
      event.stopImmediatePropagation();
      act("dismiss", content, true);
    },
  }, ending.signal);

  // Also tells when the page has removed us: our size is then nothing.
  const observer = new ResizeObserver(schedule);
  observer.observe(content);
  // A fold that opens inside a card of full height changes nobody's size, and may open out of sight.
  shadow.addEventListener("toggle", ({ target }) => {
    update();
    if (target instanceof Element) target.scrollIntoView({ block: "nearest" });
  }, { capture: true, signal: ending.signal });
  followPage(host, schedule, ending.signal);
  document.addEventListener("visibilitychange", () => shownAt = performance.now(), { signal: ending.signal });
  watchSight(host, () => {
    shownAt = performance.now();
    schedule();
  }, ending.signal);
  signal.addEventListener("abort", close, { once: true });

  update();
  if (warning.severity === "warning") giveFocusBack = focusCard(content);
  else speakUp(content, warning);
  if (signal.aborted) close();
  return { update, close, isSeen: () => isOnTop(host) };
}

function speakUp(chip: HTMLElement, { text, host }: Warning): void {
  requestAnimationFrame(() => {
    chip.querySelector("#live")?.replaceChildren(nameSite(text.title, host));
  });
}
