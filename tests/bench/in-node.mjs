// Runs in a process of its own: `node in-node.mjs cold <name> <bundle>`, or `warm <rounds> <name> <bundle> ...`.
// The challenge comes on standard input, the samples go to standard output.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import "./service.mjs";

// Node loads these at first use, which is no package's doing.
new Headers();
await new Response("{}").json();

const require = createRequire(import.meta.url);
globalThis.challenge = JSON.parse(readFileSync(0, "utf8"));

const [mode, ...rest] = process.argv.slice(2);
let samples;
if (mode === "cold") {
  const [name, file] = rest;
  require(file);
  samples = [{ name, ...(await globalThis.measure(name, globalThis.evaluationStart)) }];
} else {
  const [rounds, ...pairs] = rest;
  const names = pairs.filter((_, index) => index % 2 === 0);
  for (const file of pairs.filter((_, index) => index % 2 === 1)) require(file);
  samples = await globalThis.measureWarm(names, Number(rounds));
}
console.log(JSON.stringify(samples));
