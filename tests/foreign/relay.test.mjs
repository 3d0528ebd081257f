// `cognito serve --smtp`: messages arrive at an SMTP server that others wrote.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  ForgotPasswordCommand,
  SignUpCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { generate } from "selfsigned";
import { startMailServer } from "../lib/mail-server.mjs";
import { startServer } from "../lib/server.mjs";
import { sdk } from "./clients.mjs";

const PASSWORD = "Correct-horse-1";

const signUp = (server, Username, email = `${Username}@example.com`) =>
  sdk(server).send(
    new SignUpCommand({
      ClientId: server.clientId,
      Username,
      Password: PASSWORD,
      UserAttributes: [{ Name: "email", Value: email }],
    }),
  );

const invite = (server, Username, attributes, mediums) =>
  sdk(server).send(
    new AdminCreateUserCommand({
      UserPoolId: server.userPoolId,
      Username,
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
      DesiredDeliveryMediums: mediums,
    }),
  );

const update = (server, settings) =>
  sdk(server).send(
    new UpdateUserPoolCommand({
      UserPoolId: server.userPoolId,
      AutoVerifiedAttributes: ["email"],
      ...settings,
    }),
  );

describe("a relay that works", () => {
  let mailServer;
  let server;

  before(async () => {
    mailServer = await startMailServer();
    server = await startServer({ args: ["--smtp", `smtp://postman:se%40cret@127.0.0.1:${mailServer.port}`] });
  });
  after(async () => {
    await server?.stop();
    await mailServer?.stop();
  });

  test("a sign-up's code arrives, in the service's words, and confirms", async () => {
    await signUp(server, "ann");
    const { envelope, mail } = await mailServer.next();
    const code = await server.lastCode("ann");
    assert.deepEqual(envelope, { from: "no-reply@verificationemail.com", to: ["ann@example.com"] });
    assert.deepEqual(mail.from, { address: "no-reply@verificationemail.com", name: "" });
    assert.equal(mail.replyTo, undefined);
    assert.equal(mail.subject, "Your verification code");
    assert.equal(mail.html.trim(), `Your verification code is ${code}.`);
    assert.deepEqual(mailServer.logins, [{ username: "postman", password: "se@cret" }]);
    const input = { ClientId: server.clientId, Username: "ann", ConfirmationCode: code };
    assert.equal((await server.call("ConfirmSignUp", input)).status, 200);
  });

  test("the pool's own texts, sender and address for answers", async () => {
    await update(server, {
      EmailConfiguration: { From: "Ärzte <praxis@example.org>", ReplyToEmailAddress: "help@example.org" },
      VerificationMessageTemplate: {
        EmailSubject: "Grüße – Code",
        EmailMessage: "<p>Ihr Code: <b>{####}</b>, {username}</p>",
      },
      AdminCreateUserConfig: {
        InviteMessageTemplate: {
          EmailSubject: "Welcome",
          EmailMessage: "<p>{username}, sign in with <code>{####}</code></p>",
        },
      },
    });
    await sdk(server).send(new ForgotPasswordCommand({ ClientId: server.clientId, Username: "ann" }));
    const forgotten = await mailServer.next();
    assert.deepEqual(forgotten.envelope, { from: "praxis@example.org", to: ["ann@example.com"] });
    assert.deepEqual(forgotten.mail.from, { address: "praxis@example.org", name: "Ärzte" });
    assert.deepEqual(forgotten.mail.replyTo, [{ address: "help@example.org", name: "" }]);
    assert.equal(forgotten.mail.subject, "Grüße – Code");
    const code = await server.lastCode("ann");
    assert.equal(forgotten.mail.html.trim(), `<p>Ihr Code: <b>${code}</b>, {username}</p>`);

    await invite(server, "{####}<b>", { email: "bob@example.com" }, ["EMAIL"]);
    const invitation = await mailServer.next();
    assert.equal(invitation.mail.subject, "Welcome");
    const [, name, password] = /<p>(.*), sign in with <code>(.*)<\/code><\/p>/.exec(invitation.mail.html);
    assert.equal(name, "{####}&lt;b&gt;");
    const plain = password.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
    assert.equal(plain, await server.lastCode("{####}<b>"));
  });

  test("it is named at the start, its password nowhere", async () => {
    assert.equal(await server.logged("sent through"), `e-mail is sent through 127.0.0.1:${mailServer.port}`);
    assert.doesNotMatch(server.log, /postman|se(@|%40)cret/);
  });

  test("nothing that is no e-mail is mailed, and an address that is none stops nothing after it", async () => {
    await invite(server, "carla", { phone_number: "+15550100", email: "carla@example.com" }, ["SMS"]);
    await signUp(server, "dora", "dora..d@example.com");
    await signUp(server, "emil");
    const { envelope } = await mailServer.next();
    assert.deepEqual(envelope.to, ["emil@example.com"]);
    assert.match(await server.logged("not relayed"), /the user's is no address that mail can go to$/);
  });

  test("a sign-up is confirmed by the link in its mail", async () => {
    const EmailMessageByLink = "Please {##click here##}";
    await update(server, {
      VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_LINK", EmailMessageByLink },
    });
    await signUp(server, "fay");
    const { mail } = await mailServer.next();
    const [, href] = /^Please <a href="(.*)">click here<\/a>$/.exec(mail.html.trim());
    const page = await fetch(href.replaceAll("&amp;", "&"));
    assert.equal(await page.text(), "Your registration has been confirmed!\n");
    const user = { UserPoolId: server.userPoolId, Username: "fay" };
    const { UserStatus } = await sdk(server).send(new AdminGetUserCommand(user));
    assert.equal(UserStatus, "CONFIRMED");
  });
});

describe("a relay over TLS, whose certificate the machine trusts", () => {
  let folder;
  let certificate;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "cognito-relay-"));
    certificate = await generate([{ name: "commonName", value: "localhost" }], { algorithm: "sha256" });
    await writeFile(join(folder, "trusted.pem"), certificate.cert);
  });
  after(() => rm(folder, { recursive: true }));

  const ways = {
    "from the start": { options: { secure: true }, url: (port) => `smtps://localhost:${port}` },
    "after STARTTLS": { options: { disabledCommands: [] }, url: (port) => `smtp://localhost:${port}?tls=required` },
  };
  for (const [way, { options, url }] of Object.entries(ways)) {
    test(way, async (t) => {
      let wasSecure;
      const onRcptTo = (_address, { secure }, callback) => {
        wasSecure = secure;
        callback();
      };
      const { private: key, cert } = certificate;
      const mailServer = await startMailServer({ key, cert, onRcptTo, ...options });
      t.after(() => mailServer.stop());
      const args = ["--smtp", url(mailServer.port)];
      const server = await startServer({ args, env: { SSL_CERT_FILE: join(folder, "trusted.pem") } });
      t.after(() => server.stop());
      await signUp(server, "ann");
      const lost = server.logged("not relayed").then(assert.fail);
      const { envelope } = await Promise.race([mailServer.next(), lost]);
      assert.deepEqual([envelope.to, wasSecure], [["ann@example.com"], true]);
    });
  }
});

describe("a relay that does not", () => {
  /** What is logged about a sign-up's message, which is one line, without code or address. */
  async function logged(t, url) {
    const server = await startServer({ args: ["--smtp", url] });
    t.after(() => server.stop());
    const { UserConfirmed } = await signUp(server, "ann");
    assert.equal(UserConfirmed, false);
    const line = await server.logged("relayed");
    const code = await server.lastCode("ann");
    assert.ok(!line.includes(code) && !line.includes("ann"), line);
    const beginning = `warning: a message (SignUp) of ${server.userPoolId} was not relayed: `;
    assert.ok(line.startsWith(beginning), line);
    return line.slice(beginning.length);
  }

  test("nobody listens", async (t) => {
    const mailServer = await startMailServer();
    await mailServer.stop();
    const reason = await logged(t, `smtp://127.0.0.1:${mailServer.port}`);
    assert.match(reason, /^no connection to the SMTP server: Connection refused/);
  });

  test("the recipient is refused", async (t) => {
    const onRcptTo = ({ address }, _session, callback) => callback(new Error(`${address} does not live here`));
    const mailServer = await startMailServer({ onRcptTo });
    t.after(() => mailServer.stop());
    assert.equal(await logged(t, `smtp://127.0.0.1:${mailServer.port}`), "the SMTP server answered 550");
  });

  test("the password is wrong", async (t) => {
    const onAuth = (_auth, _session, callback) => callback(new Error("wrong"));
    const mailServer = await startMailServer({ onAuth });
    t.after(() => mailServer.stop());
    assert.equal(await logged(t, `smtp://postman:guess@127.0.0.1:${mailServer.port}`), "the SMTP server answered 535");
  });

  test("its certificate is nobody's", async (t) => {
    const mailServer = await startMailServer({ secure: true });
    t.after(() => mailServer.stop());
    const reason = await logged(t, `smtps://127.0.0.1:${mailServer.port}`);
    assert.match(reason, /^no connection to the SMTP server: invalid peer certificate/);
  });
});
