/** What the page's own layout shows. Asked only after the markup alone has met a rule: it may force a layout. */
import { markupSight, type Sight } from "./visible_text.ts";

export const layoutSight: Sight = {
  isHidden(element) {
    if (markupSight.isHidden(element)) return true;
    if (element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    // An element without a box of its own hides nothing: its children have theirs.
    return getComputedStyle(element).display !== "contents";
  },
};
