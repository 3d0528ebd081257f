// Headless Chromium for the tests: env `CHROMIUM`, or the first of the usual names on PATH.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

// Nothing but the page under test may reach the network.
const QUIET = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Launches a browser with a fresh profile; the caller closes it. */
export function launchChromium() {
  return chromium.launch({
    executablePath: executable(),
    headless: true,
    // The sandbox needs a user namespace, which root in a container does not have.
    chromiumSandbox: process.getuid?.() !== 0,
    args: QUIET,
  });
}

function executable() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here: the next place.
      }
    }
  }
  throw new Error(`no Chromium on PATH (${NAMES.join(", ")}); install one or set CHROMIUM`);
}
