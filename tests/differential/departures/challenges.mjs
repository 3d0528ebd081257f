// Departures in what follows an answer of the service: challenges, devices.

import { coded, errors, users } from "../rewrite.mjs";

const NO_TOKENS = coded("UnexpectedResponse", "Unexpected response of the service: neither tokens nor a challenge");
const unsupported = (challenge) => coded("UnsupportedChallenge", `Unsupported challenge: ${challenge}`);

/** Scenarios in which upstream does not look at what the answer is: the callback that belongs to it, and the session. */
const ANSWERS = {
  "custom-auth: without SRP: success without JSON": ["onFailure", [NO_TOKENS]],
  "custom-auth: without SRP: a code by SMS is asked for": ["mfaRequired", ["SMS_MFA", { CODE_DELIVERY_DESTINATION: "+*******1234" }], "session-2"],
  "custom-auth: without SRP: a challenge nobody knows": ["onFailure", [unsupported("NEW_KIND")], "session-2"],
  "custom-auth: with SRP: the question comes before the proof": ["customChallenge", [{ question: "2 + 2?", USERNAME: "alice" }], "session-3"],
  "mfa: code: answered with another question": ["customChallenge", [{ question: "2 + 2?" }], "session-3"],
  "mfa: code: answered with another code": ["totpRequired", ["SOFTWARE_TOKEN_MFA", {}], "session-3"],
  "mfa: code: answered with a new password": ["newPasswordRequired", [{}, []], "session-3"],
  "mfa: selection: something else": ["onFailure", [unsupported("EMAIL_OTP")], "session-3"],
  "mfa: selection: success without JSON": ["onFailure", [NO_TOKENS], "session-2"],
  "software-token: verify: while signing in, no tokens afterwards": ["onFailure", [NO_TOKENS]],
  "software-token: verify: while signing in, another challenge afterwards": ["totpRequired", ["SOFTWARE_TOKEN_MFA", {}], "session-5"],
  "devices: known: no tokens at the end": ["onFailure", [NO_TOKENS]],
  "devices: known: another challenge at the end": ["mfaRequired", ["SMS_MFA", {}], "session-9"],
};

export const challenges = [
  {
    id: "one-dispatcher",
    upstream:
      "Only some methods look at what an answer is: `initiateAuth`, `sendMFACode`, `verifySoftwareToken` and the device's proof take other challenges for tokens, CUSTOM_AUTH with SRP takes a question for SRP, `sendMFASelectionAnswer` may call nothing back.",
    ours: "Any challenge may follow any answer, and its callback is called.",
    why: "The service chains them as the pool is configured.",
    expected(trace, name) {
      if (!(name in ANSWERS)) return trace;
      const [callback, args, Session] = ANSWERS[name];
      const end = trace.findIndex((event) => "after" in event);
      const wrong = trace.findIndex((event, i) => i < end && "callback" in event);
      const told = { callback, this: "the callbacks object", args };
      const withoutJunk = [...trace.slice(0, wrong === -1 ? end : wrong), told, ...trace.slice(end)]
        .filter((event) => !("setItem" in event))
        .map((event) => ("storage" in event ? { ...event, storage: {} } : event));
      const keys = "CognitoIdentityServiceProvider.1example23456789client.alice.userData";
      return users(withoutJunk, (members) => ({
        ...members,
        ...{ username: "alice", userDataKey: keys, signInUserSession: null, challengeName: undefined },
        Session: Session ?? members.Session,
      }));
    },
  },
  {
    id: "other-challenges",
    upstream: "`USER_AUTH` and the challenges that came later (`EMAIL_OTP`, `SMS_OTP`, `SELECT_CHALLENGE`, `WEB_AUTHN`) cannot be used.",
    ours: "They go to the callback `otherChallenge(name, parameters, available)`, if there is one, and `sendChallengeAnswer(name, responses, callbacks)` answers them.",
    why: "The service has them.",
    expected(trace, name) {
      if (name !== "objects: methods: CognitoUser") return trace;
      return trace.map(({ note, value }) => {
        const methods = { ...value, sendChallengeAnswer: value.sendMFACode };
        return { note, value: Object.fromEntries(Object.keys(methods).sort().map((key) => [key, methods[key]])) };
      });
    },
  },
  {
    id: "device-session",
    upstream: "When a device is asked for after a code, the session before is sent with its proof.",
    ours: "The session of that challenge is sent.",
    why: "The service refuses a session that has been used.",
    expected(trace, name) {
      if (name !== "devices: known: after a code") return trace;
      const sent = trace.map((event) =>
        event.request?.body.includes('"DEVICE_SRP_AUTH"')
          ? { request: { ...event.request, body: event.request.body.replace('"session-2"', '"session-device"') } }
          : event,
      );
      return users(sent, (members) => ({ ...members, Session: "session-device" }));
    },
  },
  {
    id: "device-forgotten-once",
    upstream: "As long as the service says that it does not know the device, the proof of the password is sent again.",
    ours: "It is sent again once.",
    why: "The second time it cannot be this device.",
    expected(trace, name) {
      if (name !== "devices: known: the service forgets it twice") return trace;
      const second = trace.findLastIndex((event) => event.answered === 400);
      const end = trace.findIndex((event) => "after" in event);
      const error = coded("ResourceNotFoundException", "Device does not exist.", { statusCode: 400 });
      const told = { callback: "onFailure", this: "the callbacks object", args: [error] };
      const failed = [...trace.slice(0, second + 1), told, ...trace.slice(end)];
      return users(
        failed.map((event) => ("storage" in event ? { ...event, storage: {} } : event)),
        (members) => ({ ...members, signInUserSession: null, challengeName: undefined }),
      );
    },
  },
  {
    id: "inner-methods",
    upstream: "A sign-in goes through `authenticateUserInternal`, `getDeviceResponse` and the methods of `AuthenticationHelper` and `BigInteger`, so that replacing them changes it; after an error of the helper's it calls `onFailure` and goes on into a TypeError.",
    ours: "They can be called, but a sign-in does not go through them, and ends with its first error.",
    why: "What follows an answer is decided in one place, in WebAssembly, and the password does not leave it.",
    expected(trace, name) {
      if (name === "user-helpers: replaced: methods of AuthenticationHelper and BigInteger") {
        return trace.filter((event) => event.note !== "computed");
      }
      if (!name.startsWith("user-helpers: replaced: authenticateUserInternal")) return trace;
      const told = { callback: "mfaRequired", this: "the callbacks object", args: ["SMS_MFA", {}] };
      const called = trace
        .filter((event) => event.note !== "authenticateUserInternal")
        .map((event) => (event.callback === "onSuccess" ? told : event));
      return users(called, (members) => ({ ...members, Session: "session-2" }));
    },
  },
];

/** The engine's errors about a device's challenge. */
export const withoutDeviceParameters = (trace) =>
  errors(trace, (error) =>
    error.message.endsWith("(reading 'SRP_B')")
      ? coded("UnexpectedResponse", "Unexpected response of the service: a parameter of PASSWORD_VERIFIER is missing")
      : error,
  );
