// The service as each package meets it, in the page or process that is measured: it answers the two
// requests of a sign-in at once, notes when they came, and refuses at the end, since what follows a proof
// is not measured here. Whether the proof was right is judged afterwards (judge.mjs).

/** By package: signs in, and rejects when the service refuses. */
globalThis.signIns = {};

/** What the service saw of the sign-in under way. */
let seen;

globalThis.fetch = async (_url, { headers, body }) => {
  const now = performance.now();
  const { ClientId: _, ...request } = JSON.parse(body);
  const operation = new Headers(headers).get("x-amz-target").split(".")[1];
  if (operation === "InitiateAuth") {
    seen.initiated = now;
    seen.publicA = request.AuthParameters.SRP_A;
    seen.challenged = performance.now();
    return answer(200, { ChallengeName: "PASSWORD_VERIFIER", ChallengeParameters: globalThis.challenge });
  }
  seen.responded = now;
  seen.responses = request.ChallengeResponses;
  return answer(400, { __type: "NotAuthorizedException", message: "Incorrect username or password." });
};

const answer = (status, body) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/x-amz-json-1.1" } });

/**
 * One sign-in: milliseconds until `SRP_A` was sent, and from the challenge's arrival until the proof was.
 * `since` is where a cold start counts from.
 */
globalThis.measure = async (name, since = performance.now()) => {
  seen = {};
  await globalThis.signIns[name]().then(
    () => Promise.reject(new Error(`${name}: signed in`)),
    (error) => {
      if (seen.responded === undefined) throw error;
    },
  );
  const { initiated, challenged, responded, publicA, responses } = seen;
  return { times: { A: initiated - since, key: responded - challenged }, publicA, responses };
};

/** Rounds of all packages in turn, so that what slows the machine down slows all of them. */
globalThis.measureWarm = async (names, rounds) => {
  const samples = [];
  for (let round = 0; round < rounds; round++) {
    for (const name of names) samples.push({ name, round, ...(await globalThis.measure(name)) });
  }
  return samples;
};

/** One sign-in in a page that has nothing of the package yet, as soon as its bundle is evaluated. */
globalThis.measureCold = (name, bundle) =>
  new Promise((resolve, reject) => {
    globalThis.onEvaluated = () => resolve(globalThis.measure(name, globalThis.evaluationStart));
    const script = document.createElement("script");
    script.src = bundle;
    script.onerror = () => reject(new Error(`${name}: no bundle`));
    document.head.append(script);
  });
