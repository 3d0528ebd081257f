// What the methods of a user have in common.

/** What upstream says where there is nothing else to say. */
export const SUCCESS = "SUCCESS";

/** The access token of a valid session; undefined without one. */
export function accessToken({ signInUserSession: session }) {
  return session?.isValid() ? session.getAccessToken().getJwtToken() : undefined;
}

/** The error of a method that needs a valid session. */
export function notAuthenticated() {
  return new Error("User is not authenticated");
}

/** A body with what the script for advanced security says of the user, if the page has it. */
export function withContext(user, body) {
  const context = user.getUserContextData();
  return context ? { ...body, UserContextData: context } : body;
}

/** Sends a request with the access token, in its place in the body, and calls back `(error, null)` or what `then` does. */
export function requestSignedIn(user, callback, operation, body, then) {
  const token = accessToken(user);
  if (token === undefined) return callback(notAuthenticated(), null);
  user.client.request(operation, body(token), (error, data) => (error ? callback(error, null) : then(data)));
  return undefined;
}

/** The same for an object of callbacks. */
export function requestSignedInFor(user, callbacks, operation, body, then) {
  return requestSignedIn(user, (error) => callbacks.onFailure(error), operation, body, then);
}
