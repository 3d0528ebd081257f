// An SMTP server that others wrote, on a free port, and what arrived at it.

import { once } from "node:events";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

/**
 * Starts it. `options` are those of `smtp-server`; without any it takes every message from everybody.
 *
 * @returns {Promise<MailServer>}
 */
export async function startMailServer(options = {}) {
  const mail = new MailServer(options);
  await mail.listen();
  return mail;
}

class MailServer {
  #server;
  #waiting = [];
  /** Messages that nobody has asked for yet. */
  #arrived = [];
  /** The credentials of each sign-in: `{ username, password }`. */
  logins = [];

  constructor(options) {
    this.#server = new SMTPServer({
      authOptional: true,
      allowInsecureAuth: true,
      disabledCommands: ["STARTTLS"],
      disableReverseLookup: true,
      onAuth: ({ username, password }, _session, callback) => {
        this.logins.push({ username, password });
        callback(null, { user: username });
      },
      onData: (stream, { envelope }, callback) => {
        this.#receive(stream, envelope).then(() => callback(), callback);
      },
      ...options,
    });
    // Whoever connects may leave at any time, and TLS may fail; the test sees what that means for the other side.
    this.#server.on("error", () => {});
  }

  async listen() {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server.server, "listening");
    this.port = this.#server.server.address().port;
  }

  /** The next message: `{ envelope: { from, to }, mail }`, `mail` as postal-mime reads it. */
  next() {
    if (this.#arrived.length > 0) return Promise.resolve(this.#arrived.shift());
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  stop() {
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #receive(stream, envelope) {
    const mail = await PostalMime.parse(Buffer.concat(await stream.toArray()));
    const message = {
      envelope: { from: envelope.mailFrom.address, to: envelope.rcptTo.map(({ address }) => address) },
      mail,
    };
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#arrived.push(message);
    else waiting(message);
  }
}
