// All scenarios, by area. A scenario is a function of the stage; it reaches the package only
// through the public API and the network only through prepared replies.

import { readdirSync } from "node:fs";

const folder = new URL("scenarios/", import.meta.url);

/** Every scenario: `{ name: "area: what", settings, run }`, names unique. */
export const scenarios = [];

for (const file of readdirSync(folder).sort()) {
  const area = file.replace(/\.mjs$/, "");
  const module = await import(new URL(file, folder));
  for (const [what, scenario] of Object.entries(module.default)) {
    const { settings = () => ({}), run = scenario } = scenario;
    scenarios.push({ name: `${area}: ${what}`, settings, run });
  }
}
