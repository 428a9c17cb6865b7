/** Verdict + bundle → the warning that a person reads. The texts come from verified rules, never from a page. */
import type { PageRules, Verdict, Warning } from "./messages.ts";

/** Null where the bundle has no such rule or no text for it: then there is nothing honest to say. */
export function composeWarning(
  key: string,
  verdict: Verdict,
  host: string,
  print: string,
  rules: PageRules,
): Warning | null {
  const rule = rules.rules.find((found) => found.id === verdict.rule);
  const text = rules.texts.find((found) => found.rule === verdict.rule);
  if (rule === undefined || text === undefined || verdict.severity === null) return null;
  return { key, verdict, severity: verdict.severity, rule, text, host, print, rulesVersion: rules.version };
}
