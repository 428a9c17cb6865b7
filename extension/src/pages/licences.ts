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
  {
    name: "uqr",
    version: "0.1.2",
    licence: "MIT",
    notice: "Copyright © Project Nayuki; © 2023 Anthony Fu",
    home: "https://github.com/unjs/uqr",
  },
  {
    name: "tesseract.js-core",
    version: "7.0.0",
    licence: "Apache-2.0",
    notice:
      "Tesseract OCR and its language data, built for browsers; the licence lies beside it in the package",
    home: "https://github.com/tesseract-ocr/tesseract",
  },
];
