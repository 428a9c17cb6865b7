/** What the popup is told of this page. */
import type { PageRules, PageStatus, Warning } from "../shared/messages.ts";
import { siteMute } from "../shared/mutes.ts";

export function pageStatusOf(
  rules: PageRules | null,
  warning: Warning | null,
  pause: PageStatus["pause"],
): PageStatus {
  const allowed = rules?.allowed?.findLast(({ rule }) => warning === null || warning.rule.id === rule);
  return {
    host: location.hostname,
    mute: siteMute(rules?.mutes ?? [], location.hostname, Date.now()),
    pause,
    warning: warning && { rule: warning.rule.id, product: warning.rule.product, severity: warning.severity },
    allowedOn: allowed?.on ?? "",
    allowedRule: allowed?.rule ?? "",
  };
}
