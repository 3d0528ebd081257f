// Every request of the user pool API that this page makes, observed around `fetch`.

const realFetch = globalThis.fetch;
const listeners = new Set();
let made = 0;

/**
 * One request of the API. Times are `performance.now()` milliseconds.
 *
 * @typedef {object} ApiRequest
 * @property {number} id counts from 1
 * @property {string} operation as in `X-Amz-Target`, for example `InitiateAuth`
 * @property {number} startedAt when `fetch` was called
 * @property {number} [endedAt] when the whole answer was here, or the network gave up; absent while under way
 * @property {number} [status] HTTP status; absent when no answer came
 * @property {Promise<string>} sent the body sent
 * @property {string} [received] the body received
 */

/**
 * Calls `listener` with each {@link ApiRequest} when it starts and again when it ends.
 * Returns a function that stops it.
 */
export function observeRequests(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

globalThis.fetch = async function observedFetch(input, init) {
  const startedAt = performance.now();
  const copy = new Request(input instanceof Request ? input.clone() : input, init);
  const target = copy.headers.get("X-Amz-Target");
  if (target === null) return realFetch(input, init);

  const answer = realFetch(input, init);
  const request = { id: ++made, operation: target.split(".").at(-1), startedAt, sent: copy.text() };
  tell(request);
  try {
    const response = await answer;
    // Read to the end here: then no network is left between `endedAt` and the caller's next step.
    request.received = await response.text();
    request.status = response.status;
    request.endedAt = performance.now();
    tell(request);
    return new Response(request.received, response);
  } catch (error) {
    request.endedAt = performance.now();
    tell(request);
    throw error;
  }
};

function tell(request) {
  for (const listener of listeners) listener(request);
}
