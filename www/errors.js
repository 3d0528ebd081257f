// Errors in words that help, with the service's own words beside them.

const TRY_AGAIN = "Too many tries. Wait a moment, then try again.";

const WORDS = {
  AliasExistsException: { text: "Another account already uses this email address." },
  CodeMismatchException: { text: "That is not the code. The newest message in the inbox counts." },
  ExpiredCodeException: { text: "This code is no longer valid. Ask for a new one." },
  LimitExceededException: { text: TRY_AGAIN },
  NetworkError: { text: "The user pool does not answer. Is `cargo xtask demo` still running?" },
  PasswordResetRequiredException: {
    text: "An administrator reset this password.",
    link: { view: "forgot-password", label: "Choose a new one" },
  },
  ResourceNotFoundException: { text: "The pool or its client is gone: the server was started anew. Reload this page." },
  TooManyRequestsException: { text: TRY_AGAIN },
  UserNotConfirmedException: {
    text: "This account still waits for its code.",
    link: { view: "confirm", label: "Confirm it" },
  },
  UserNotFoundException: {
    text: "The pool knows no user of this name.",
    link: { view: "sign-up", label: "Sign up" },
  },
  UsernameExistsException: {
    text: "This username is taken. Choose another, or sign in if it is yours.",
    link: { view: "sign-in", label: "Sign in" },
  },
};

/** One code stands for several faults here; the service's message tells which. */
const NOT_AUTHORIZED = [
  [/incorrect username or password/i, { text: "Username or password is wrong." }],
  [/attempts exceeded/i, { text: TRY_AGAIN }],
  [/temporary password has expired/i, { text: "The temporary password is too old. Ask the administrator for a new one." }],
  [/invalid session/i, { text: "That took too long. Sign in again.", link: { view: "sign-in", label: "Sign in" } }],
  [/current status is confirmed/i, { text: "This account is confirmed already.", link: { view: "sign-in", label: "Sign in" } }],
  [/revoked|expired|invalid (access|refresh) token/i, { text: "This session was ended elsewhere. Sign out, then sign in again." }],
];

/**
 * The notice for `error`.
 *
 * @param {Error & { code?: string }} error
 * @param {Record<string, string>} [words] better words of one panel, by error code
 * @returns {import("./notice.js").Notice}
 */
export function explain(error, words = {}) {
  const detail = error.code ? `${error.code}: ${error.message}` : undefined;
  const known = words[error.code] ? { text: words[error.code] } : wordsFor(error);
  return { kind: "error", ...known, detail: error.code === "NetworkError" ? undefined : detail };
}

function wordsFor({ code, message }) {
  if (code === "NotAuthorizedException") {
    const found = NOT_AUTHORIZED.find(([pattern]) => pattern.test(message));
    if (found) return found[1];
  }
  if (code === "InvalidPasswordException") {
    return { text: `The pool wants a stronger password: ${message.split(": ").at(-1).toLowerCase()}.` };
  }
  if (code === "InvalidParameterException" && /at 'password'/.test(message)) {
    return { text: "The pool wants a longer password." };
  }
  return WORDS[code] ?? { text: message };
}
