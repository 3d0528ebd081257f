// How long the mathematics of a sign-in takes, apart from the network.

import { observeRequests } from "./observe-fetch.js";

/**
 * The stretches of one sign-in, in order, in milliseconds.
 *
 * @typedef {{ kind: "computing" | "network", operation: string, step: string, ms: number }} Stretch
 * `operation` is the request that a computing stretch leads to, or that the network stretch waits for;
 * `step` is the challenge that it answers, or else the operation.
 */

/**
 * Runs `signIn` and measures it. Computing is what lies before each request: from the call (or from
 * the last byte of the answer before) until `fetch` is called. It holds the package's whole work
 * there, not the SRP arithmetic alone, so it errs on the slow side.
 *
 * @template T
 * @param {() => Promise<T>} signIn
 * @returns {Promise<{ result: T, stretches: Stretch[] }>}
 */
export async function timed(signIn) {
  const stretches = [];
  let mark = performance.now();
  const stop = observeRequests(({ operation, sent, startedAt, endedAt }) => {
    if (endedAt === undefined) {
      stretches.push({ kind: "computing", operation, sent, ms: startedAt - mark });
    } else {
      stretches.push({ kind: "network", operation, sent, ms: endedAt - startedAt });
      mark = endedAt;
    }
  });
  try {
    return { result: await signIn(), stretches: await Promise.all(stretches.map(named)) };
  } finally {
    stop();
  }
}

async function named({ sent, ...stretch }) {
  return { ...stretch, step: JSON.parse(await sent).ChallengeName ?? stretch.operation };
}
