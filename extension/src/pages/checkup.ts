/** The checkup page. */
import { startPage } from "./page.ts";

void startPage("checkup", () => Promise.resolve([]));
