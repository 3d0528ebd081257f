// A local user pool for one test file: `cognito serve` on a free port, in memory.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const START_TIMEOUT_MS = 20_000;

/** The `cognito` binary under test: env `COGNITO_BIN`, or the debug build of this working tree. */
export const cognitoBin =
  process.env.COGNITO_BIN ?? fileURLToPath(new URL("../../target/debug/cognito", import.meta.url));

/**
 * Starts `cognito serve --port 0 --create-pool` and waits until it answers.
 *
 * @param {object} [options]
 * @param {string} [options.fixedCode] every confirmation code, instead of random ones
 * @param {string} [options.data] SQLite file; in memory without it
 * @param {string} [options.www] folder of files served at `/`
 * @param {string[]} [options.args] further arguments, as they are
 * @param {Record<string, string>} [options.env] environment variables beside this process's own
 * @returns {Promise<PoolServer>}
 */
export async function startServer({ fixedCode, data, www, args = [], env = {} } = {}) {
  const command = ["serve", "--port", "0", "--create-pool"];
  if (fixedCode !== undefined) command.push("--fixed-code", fixedCode);
  if (data !== undefined) command.push("--data", data);
  if (www !== undefined) command.push("--www", www);
  const child = spawn(cognitoBin, [...command, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const leave = dieWith(child);
  const log = new Log();
  try {
    return new PoolServer(child, leave, log, await announced(child, log));
  } catch (error) {
    leave();
    throw error;
  }
}

/** A running `cognito serve` with its ready pool and public client. */
export class PoolServer {
  #child;
  #leave;
  #log;

  constructor(child, leave, log, { url, userPoolId, clientId }) {
    this.#child = child;
    this.#leave = leave;
    this.#log = log;
    /** Base address without a trailing slash, `http://127.0.0.1:PORT`. */
    this.url = url;
    this.userPoolId = userPoolId;
    this.clientId = clientId;
  }

  /** What the server has written so far, for the message of a failed assertion. */
  get log() {
    return this.#log.text;
  }

  /** The first line that contains this, as soon as it is there. */
  logged(part) {
    return this.#log.line(part);
  }

  /** Every message the pool has sent, oldest first. */
  async outbox() {
    const response = await fetch(`${this.url}/_local/outbox`);
    if (!response.ok) throw new Error(`outbox answered ${response.status}`);
    return response.json();
  }

  /** The newest code sent to `username`. */
  async lastCode(username) {
    const message = (await this.outbox()).findLast((sent) => sent.username === username);
    if (message === undefined) throw new Error(`no message was sent to ${username}`);
    return message.code;
  }

  /** One API operation with a plain JSON body, as any client sends it. */
  async call(operation, body) {
    const response = await fetch(this.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
  }

  /** Ends the process and waits until it is gone. */
  async stop() {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const gone = new Promise((resolve) => this.#child.once("exit", resolve));
      this.#child.kill("SIGKILL");
      await gone;
    }
    this.#leave();
  }
}

/** The lines that a server writes, and who waits for one. */
class Log {
  #lines = [];
  #waiting = [];

  get text() {
    return this.#lines.join("\n");
  }

  push(line) {
    this.#lines.push(line);
    this.#waiting = this.#waiting.filter(({ part, resolve }) => !line.includes(part) || resolve(line));
  }

  line(part) {
    const found = this.#lines.find((line) => line.includes(part));
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve) => this.#waiting.push({ part, resolve }));
  }
}

/** Reads the start-up lines that tell address, pool and client. */
function announced(child, log) {
  return new Promise((resolve, reject) => {
    const found = {};
    const fail = (why) => {
      clearTimeout(timer);
      reject(new Error(`${cognitoBin} serve: ${why}\n${log.text}`));
    };
    const timer = setTimeout(() => fail(`did not answer within ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS);
    child.once("error", (error) => fail(error.message));
    child.once("exit", (code, signal) => fail(`ended with ${code ?? signal}`));
    createInterface({ input: child.stderr }).on("line", (line) => log.push(line));
    createInterface({ input: child.stdout }).on("line", (line) => {
      log.push(line);
      found.url ??= /\blistening on (http:\/\/[^\s/]+)/.exec(line)?.[1];
      found.userPoolId ??= /\buser pool (\S+)/.exec(line)?.[1];
      found.clientId ??= /\bclient (\S+)/.exec(line)?.[1];
      if (found.url && found.userPoolId && found.clientId) {
        clearTimeout(timer);
        resolve(found);
      }
    });
  });
}

/** Ends `child` with this process, however this process ends; the result undoes it. */
function dieWith(child) {
  const kill = () => child.kill("SIGKILL");
  const killAndEnd = (signal) => {
    kill();
    process.kill(process.pid, signal);
  };
  process.once("exit", kill);
  process.once("SIGINT", killAndEnd);
  process.once("SIGTERM", killAndEnd);
  return () => {
    kill();
    process.off("exit", kill);
    process.off("SIGINT", killAndEnd);
    process.off("SIGTERM", killAndEnd);
  };
}
