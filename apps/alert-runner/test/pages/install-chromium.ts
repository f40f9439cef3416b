import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { CHROMIUM } from "./browser.ts";

/** Gets the browser from Debian when it is not there. */
const installChromium = (): void => {
  if (existsSync(CHROMIUM)) return;
  try {
    execFileSync("apt-get", ["update", "-qq"], { stdio: "inherit" });
    execFileSync("apt-get", ["install", "-y", "-qq", "chromium"], { stdio: "inherit" });
  } catch (cause) {
    throw new Error(
      `Page tests need Chromium at ${CHROMIUM} and it could not be installed by apt-get. Install it, or set CHROMIUM_PATH.`,
      { cause },
    );
  }
};

export default installChromium;
