/** What the lookout asks of whoever judges. */
import type { Suspects as Unit } from "./matcher.ts";

export interface LookoutHost {
  isOurs(node: Node): boolean;
  mayAccept(control: Element): boolean;
  /** @returns whether the suspect could ask, be it shown or not. */
  judge(suspect: object, unit: Unit): boolean;
  gone(suspect: object): void;
  /** A look is over: what was found and lost by it is known now. */
  looked(): void;
}
