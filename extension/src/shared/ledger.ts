/** The person's own notes of what was asked and chosen: on this device, for nobody else. Shapes only. */
import type { Severity } from "./bundle_types.ts";

/** `unknown`: the dialog went, and nobody saw by which press. */
export type Choice = "unknown" | "declined" | "accepted" | "dismissed" | "muted";

export interface LedgerEntry {
  id: string;
  /** ISO 8601 in UTC. */
  seen: string;
  /** Host of the top page. */
  site: string;
  /** Host of the frame that asked; the same as `site` for a dialog of the page itself. */
  host: string;
  rule: string;
  product: string;
  severity: Severity;
  /** Fingerprint of the words; the words themselves are not kept. */
  print: string;
  choice: Choice;
  rulesVersion: number;
}
