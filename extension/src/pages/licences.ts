/** Whose work is shipped. A test holds the list against what the sources import. */

export interface Licence {
  name: string;
  /** As npm knows it; empty for what is no package. */
  version: string;
  /** SPDX. */
  licence: string;
  /** What the licence asks to be passed on. */
  notice: string;
  home: string;
}

export const LICENCES: Licence[] = [
  {
    name: "Unicode confusables",
    version: "",
    licence: "Unicode-3.0",
    notice: "Copyright © Unicode, Inc.",
    home: "https://www.unicode.org/license.txt",
  },
];
