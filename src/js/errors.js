// Errors of this side; the service's own come from the client.

/** An error that applications tell by its code. */
export function failure(code, message) {
  return Object.assign(new Error(message), code === "Error" ? {} : { name: code, code });
}

/** Throws what a callback threw where nobody catches it, so that it is seen but disturbs nothing. */
export function rethrow(thrown) {
  queueMicrotask(() => {
    throw thrown;
  });
}
