// The client, which applications also make and call themselves.

import { fails, never, ok, page, rejects, throws } from "../replies.mjs";

const make = (t, ...args) => t.watch("client", new (t.pool().client.constructor)(...args));
const NETWORK = () => rejects(new TypeError("fetch failed"));
const six = (reply) => Array.from({ length: 6 }, reply);

/** `promisifyRequest` meets this reply. */
const promising = (reply) => async (t) => {
  const { client } = t.pool();
  t.reply(reply);
  await t.step("promisifyRequest", () => {
    client.promisifyRequest("AnyOperation", { a: 1 }).then(
      (value) => t.note("resolved", value),
      (error) => t.note("rejected", [error, error instanceof Error]),
    );
  });
};

/** `requestWithRetry` meets these replies. */
const retrying = (...replies) => async (t) => {
  const { client } = t.pool();
  t.reply(...replies);
  await t.step("requestWithRetry", () => client.requestWithRetry("AnyOperation", { a: 1 }, t.callback()));
};

export default {
  async "constructor"(t) {
    for (const args of [["eu-west-1"], ["eu-west-1", "http://127.0.0.1:9229/"], ["eu-west-1", ""], [undefined], ["cn-north-1"]]) {
      await t.step(JSON.stringify(args), () => {
        const client = make(t, ...args);
        return [client, Object.keys(client)];
      });
    }
  },
  async "constructor: options for fetch"(t) {
    for (const options of [undefined, null, {}, { credentials: "include" }, { credentials: "" }, { mode: "no-cors", credentials: "omit", headers: { a: "b" } }]) {
      await t.step(JSON.stringify(options) ?? "undefined", () => make(t, "eu-west-1", undefined, options));
    }
  },
  async "options for fetch, of a pool"(t) {
    const pool = t.pool({ fetchOptions: { credentials: "include", cache: "reload" } });
    t.reply(ok());
    await t.step("signUp", () => pool.signUp("alice", "Correct-horse-1", [], null, t.callback()));
  },
  async "request of a client of the application's own"(t) {
    const client = make(t, "eu-west-1", "http://127.0.0.1:9229/", { credentials: "include" });
    t.reply(ok({ a: 1 }));
    await t.step("request", () => client.request("AnyOperation", { text: "ünï", nested: { list: [1, null, undefined] } }, t.callback()));
  },
  async "request: bodies that are not objects"(t) {
    const client = make(t, "eu-west-1");
    for (const params of [undefined, null, "text", 7, []]) {
      t.reply(ok());
      await t.step(JSON.stringify(params) ?? "undefined", () => client.request("AnyOperation", params, t.callback()));
    }
  },
  async "request: a body that is no JSON"(t) {
    const client = make(t, "eu-west-1");
    const loop = {};
    loop.loop = loop;
    await t.step("request", () => {
      try {
        client.request("AnyOperation", loop, t.callback());
      } catch (error) {
        return error.name;
      }
    });
  },
  async "request: answers with JSON that is no object"(t) {
    const client = make(t, "eu-west-1");
    for (const text of ["[1]", "7", '"text"']) {
      t.reply(page(200, text));
      await t.step(text, () => client.request("AnyOperation", {}, t.callback()));
    }
  },
  async "request: two at once, answered in order"(t) {
    const client = make(t, "eu-west-1");
    t.reply(ok({ first: true }), ok({ second: true }));
    await t.step("both", () => {
      client.request("First", {}, t.callback(undefined, "first"));
      client.request("Second", {}, t.callback(undefined, "second"));
    });
  },

  "promise: success": promising(ok({ a: 1 })),
  "promise: success without JSON": promising(page(200)),
  "promise: service error": promising(fails("AnyException", "text")),
  "promise: error named in a header": promising(page(503, "", { "x-amzn-errortype": "ServiceUnavailable:http://internal/" })),
  "promise: network error": promising(NETWORK()),
  "promise: HTML page": promising(page(502)),
  "promise: fetch throws": promising(throws(new Error("blocked by policy"))),
  "promise: no answer": promising(never()),
  async "promise: through the request that the application replaced"(t) {
    const { client } = t.pool();
    client.request = (operation, params, callback) => callback(null, [operation, params]);
    await t.step("promisifyRequest", () => void client.promisifyRequest("AnyOperation", { a: 1 }).then(t.callback()));
  },

  "retry: success": retrying(ok({ a: 1 })),
  "retry: no network, then success": retrying(NETWORK(), NETWORK(), NETWORK(), ok({ a: 1 })),
  "retry: no network": retrying(...six(NETWORK)),
  "retry: throttled": retrying(...six(() => fails("TooManyRequestsException", "Rate exceeded"))),
  "retry: an internal error, then success": retrying(fails("InternalErrorException", "Oops", { status: 500 }), ok()),
  "retry: refused": retrying(...six(() => fails("NotAuthorizedException", "No"))),
  async "retry: through the request that the application replaced"(t) {
    const { client } = t.pool();
    let tries = 0;
    client.request = (operation, params, callback) => {
      t.note("asked", [operation, params]);
      tries += 1;
      callback(...(tries < 3 ? [Object.assign(new Error("not yet"), { code: "NetworkError" })] : [null, "answer"]));
    };
    await t.step("requestWithRetry", () => client.requestWithRetry("AnyOperation", { a: 1 }, t.callback()));
  },
  async "retry: an error marked as final"(t) {
    const { client } = t.pool();
    client.request = (operation, params, callback) => {
      t.note("asked", operation);
      callback(Object.assign(new Error("final"), { nonRetryable: true }));
    };
    await t.step("requestWithRetry", () => client.requestWithRetry("AnyOperation", {}, t.callback()));
  },
};
