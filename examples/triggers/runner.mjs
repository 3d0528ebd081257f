// Runs Lambda functions without Lambda, for `cognito serve --lambda-endpoint`:
//
//     node examples/triggers/runner.mjs examples/triggers/sum.mjs
//
// The functions are those that the module exports, by their names there.

import { once } from "node:events";
import { createServer } from "node:http";
import { argv } from "node:process";
import { json } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

/**
 * Serves the Invoke operation of Lambda's API for these functions.
 *
 * @param {Record<string, (event: object) => unknown>} functions by name
 * @param {number} [port] a free one without it
 */
export async function serveFunctions(functions, port = 0) {
  const server = createServer((request, response) => {
    invoke(functions, request).then(
      ({ status = 200, headers, body }) => response.writeHead(status, headers).end(JSON.stringify(body)),
      () => response.writeHead(400).end(),
    );
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  const stop = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, stop };
}

async function invoke(functions, request) {
  const name = /^\/2015-03-31\/functions\/([^/?]+)\/invocations/.exec(request.url)?.[1];
  if (request.method !== "POST" || !Object.hasOwn(functions, name)) {
    return {
      status: 404,
      headers: { "x-amzn-ErrorType": "ResourceNotFoundException" },
      body: { Type: "User", Message: `Function not found: ${name}` },
    };
  }
  const event = await json(request);
  try {
    return { body: (await functions[name](event)) ?? null };
  } catch (error) {
    return {
      headers: { "X-Amz-Function-Error": "Unhandled" },
      body: { errorType: error.name, errorMessage: error.message },
    };
  }
}

if (argv[1] === import.meta.filename) {
  const [, , file, port] = argv;
  if (file === undefined) throw new Error("usage: node runner.mjs MODULE [PORT]");
  const { url } = await serveFunctions(await import(pathToFileURL(file)), Number(port ?? 0));
  console.log(`cognito serve --lambda-endpoint ${url}`);
}
