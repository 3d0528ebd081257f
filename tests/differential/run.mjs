// The outcome of every scenario whose name contains `part`, with one package; from the command line, prints traces.
//
//   node differential/run.mjs upstream|ours [part of a scenario's name]

import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { Worker } from "node:worker_threads";
import { oursForRequire, UPSTREAM } from "../lib/package.mjs";

/** Upstream's package as npm installed it beside these tests. */
export const runUpstream = (part = "") => run({ project: fileURLToPath(new URL("..", import.meta.url)), name: UPSTREAM, part });

/** Our package as built or packed. */
export const runOurs = (part = "") => run({ ...oursForRequire(), part });

/** A map from scenario name to `{trace, unused}` or, when the scenario itself failed, `{trace, broken}`. */
function run(workerData) {
  return new Promise((resolve, reject) => {
    const outcomes = new Map();
    const worker = new Worker(new URL("worker.mjs", import.meta.url), { workerData });
    worker.on("message", ({ name, ...outcome }) => outcomes.set(name, outcome));
    worker.once("error", reject);
    worker.once("exit", () => resolve(outcomes));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , which, part = ""] = process.argv;
  for (const [name, outcome] of await (which === "ours" ? runOurs(part) : runUpstream(part))) {
    console.log(`${name}\n${inspect(outcome, { depth: 9, colors: false, maxStringLength: 400 })}\n`);
  }
}
