/** The welcome page. */
import { startPage } from "./page.ts";

void startPage("welcome", () => Promise.resolve([]));
