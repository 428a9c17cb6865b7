/** What the overlay reads of the page's geometry, and when it has to read again. */
import type { Anchor } from "./overlay_contract.ts";
import type { Scene } from "./placement.ts";

export function readScene(anchor: Anchor, direction: Scene["direction"]): Omit<Scene, "cardHeight"> {
  const { visualViewport } = globalThis;
  const viewport = {
    left: visualViewport?.offsetLeft ?? 0,
    top: visualViewport?.offsetTop ?? 0,
    width: visualViewport?.width ?? innerWidth,
    height: visualViewport?.height ?? innerHeight,
  };
  return { viewport, dialog: anchor.rect(), avoid: anchor.avoid(), direction };
}

/** How tall it would be if nothing were folded away by scrolling; read without disturbing the scroll position. */
export function naturalHeight(content: HTMLElement): number {
  const body = content.querySelector(".body");
  const hidden = body === null ? 0 : body.scrollHeight - body.clientHeight;
  return content.offsetHeight + content.scrollHeight - content.clientHeight + hidden;
}

export function followPage(host: HTMLElement, schedule: () => void, signal: AbortSignal): void {
  const moved = { capture: true, passive: true, signal };
  for (const type of ["scroll", "transitionend", "animationend", "toggle", "fullscreenchange"]) {
    document.addEventListener(type, (event) => event.target !== host && schedule(), moved);
  }
  globalThis.addEventListener("resize", schedule, moved);
  visualViewport?.addEventListener("resize", schedule, moved);
  visualViewport?.addEventListener("scroll", schedule, moved);
}

/**
 * Tells when something begins to cover the host, even something that lets every press through and so fools
 * `elementFromPoint`. Chromium only; elsewhere the top layer and the waiting time have to do.
 */
export function watchSight(host: HTMLElement, onCovered: () => void, signal: AbortSignal): void {
  const wish = { threshold: [0, 1], trackVisibility: true, delay: 100 };
  const observer = new IntersectionObserver((entries) => {
    const last = entries.at(-1) as (IntersectionObserverEntry & { isVisible?: boolean }) | undefined;
    if (last?.isVisible === false) onCovered();
  }, wish);
  observer.observe(host);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
}
