/** The options page. */
import { startPage } from "./page.ts";

void startPage("options", () => Promise.resolve([]));
