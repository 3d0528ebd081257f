// The mathematics of an SRP sign-in (A, then the password key with the claim's signature), of this package
// as shipped and of those it competes with: `cargo xtask bench`, or `node tests/bench/bench.mjs` after
// `cargo xtask build` and `npm ci` in tests/.
//
// Each package makes a whole sign-in through its public door against a service inside the page. "A" is the
// time from the call to its first request, "key" from the challenge to the second request: what an
// application waits for, each package's own overhead included. Cold counts from the first moment of the
// bundle's evaluation in a fresh page or process. The service's own time is in neither.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OURS } from "../lib/package.mjs";
import { PACKAGES } from "./bundle.mjs";
import { chromiumEngine, nodeEngine } from "./engines.mjs";
import { assertProven } from "./judge.mjs";
import { measureOpenssl } from "./openssl.mjs";

const WARM_UP = 10;
const ROUNDS = 20;
const COLD_SAMPLES = 11;

const UPSTREAM = "amazon-cognito-identity-js";
const FASTEST_PEER = "amazon-cognito-passwordless-auth";

const folder = mkdtempSync(join(tmpdir(), "cognito-bench-"));
try {
  let met = true;
  for (const start of [nodeEngine, chromiumEngine]) {
    const engine = await start(mkdtempSync(join(folder, "bundles-")));
    try {
      const [warm, cold] = [await measureWarm(engine), await measureCold(engine)];
      console.log(`\n${engine.name}, milliseconds (median)\n`);
      printTable(warm, cold);
      // The targets are set for the browser.
      if (start === chromiumEngine) met = printTargets(warm, cold);
    } finally {
      await engine.close();
    }
  }
  if (!met) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measureWarm(engine) {
  const samples = (await engine.warm(WARM_UP + ROUNDS)).filter(({ round }) => round >= WARM_UP);
  samples.forEach(assertProven);
  for (let round = 0; round < ROUNDS; round++) samples.push(measureOpenssl());
  return medians(samples);
}

async function measureCold(engine) {
  const samples = [];
  for (let round = 0; round < COLD_SAMPLES; round++) {
    for (const name of Object.keys(PACKAGES)) samples.push({ ...(await engine.cold(name)), name });
  }
  samples.forEach(assertProven);
  return medians(samples);
}

/** By name: the median of each time. */
function medians(samples) {
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  const names = [...new Set(samples.map(({ name }) => name))];
  return Object.fromEntries(
    names.map((name) => {
      const own = samples.filter((sample) => sample.name === name);
      const of = (time) => median(own.map(({ times }) => times[time]));
      const sum = median(own.map(({ times: { A, key } }) => A + key));
      return [name, { A: of("A"), key: of("key"), sum }];
    }),
  );
}

function printTable(warm, cold) {
  const cells = (times, ours) => (times ? [times.A, times.key, times.sum, ratio(times.sum, ours.sum)] : []);
  const rows = Object.keys(warm).map((name) => [
    name,
    ...cells(warm[name], warm[OURS]),
    ...cells(cold[name], cold[OURS]),
  ]);
  const header = ["", "A", "key", "warm", "to ours", "load + A", "key", "cold", "to ours"];
  const text = (cell) => (typeof cell === "number" ? cell.toFixed(2) : cell);
  for (const [name, ...cells] of [header, ...rows]) {
    console.log(name.padEnd(34) + cells.map((cell) => text(cell).padStart(10)).join(""));
  }
}

function ratio(theirs, ours) {
  return `${(theirs / ours).toFixed(2)} x`;
}

/** Whether all are reached. */
function printTargets(warm, cold) {
  const targets = [
    ["warm, times faster than upstream", warm[UPSTREAM].sum / warm[OURS].sum, 25],
    [`warm, times faster than ${FASTEST_PEER}`, warm[FASTEST_PEER].sum / warm[OURS].sum, 4],
    ["warm, OpenSSL's time to ours (1 / 1.5)", warm.OpenSSL.sum / warm[OURS].sum, 1 / 1.5],
    ["cold, times faster than upstream", cold[UPSTREAM].sum / cold[OURS].sum, 12],
    [`cold, times faster than ${FASTEST_PEER}`, cold[FASTEST_PEER].sum / cold[OURS].sum, 2.5],
  ];
  console.log("\nTargets");
  for (const [what, reached, wanted] of targets) {
    const verdict = reached >= wanted ? "reached" : "missed";
    console.log(`${verdict.padEnd(9)}${what.padEnd(56)}${reached.toFixed(2).padStart(7)} of ${wanted.toFixed(2)}`);
  }
  return targets.every(([, reached, wanted]) => reached >= wanted);
}
