/** The screenshot page. */
import { startPage } from "./page.ts";

void startPage("screenshot", () => Promise.resolve([]));
