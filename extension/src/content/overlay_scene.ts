/** What the overlay reads of the page's geometry, and when it has to read again. */
import type { Anchor } from "./overlay.ts";
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
