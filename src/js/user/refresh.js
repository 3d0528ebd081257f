import { failure, rethrow } from "../errors.js";
import { withContext } from "./requests.js";

/** Refreshes under way, of all users: applications make a new object for each call of `pool.getCurrentUser()`. */
const flights = new Set();

export const refresh = {
  /** New tokens for a refresh token, one request for all who ask at the same time. `callback(null, session)` */
  refreshSession(refreshToken, callback, clientMetadata) {
    const wrapped = this.pool.wrapRefreshSessionCallback
      ? this.pool.wrapRefreshSessionCallback(callback)
      : callback;
    const token = refreshToken.getToken();
    const request = this.pool.refreshTokenRotation ? rotation : renewal;
    const body = request.body(this, token, clientMetadata);
    const waiter = { user: this, callback: wrapped };
    const underWay = [...flights].find((flight) => isSame(flight, this, token));
    if (underWay) underWay.waiting.push(waiter);
    else send(this, token, request.operation, body, waiter);
  },
};

/** Upstream's way. */
const renewal = {
  operation: "InitiateAuth",
  body: (user, token, clientMetadata) =>
    withContext(user, {
      ClientId: user.pool.getClientId(),
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: token, ...device(user) },
      ClientMetadata: clientMetadata,
    }),
};

/** The only way where each refresh token is good once. */
const rotation = {
  operation: "GetTokensFromRefreshToken",
  body: (user, token, clientMetadata) => ({
    ClientId: user.pool.getClientId(),
    RefreshToken: token,
    DeviceKey: device(user).DEVICE_KEY ?? undefined,
    ClientMetadata: clientMetadata,
  }),
};

/**
 * `DEVICE_KEY`, possibly null, once somebody has signed in here. Upstream becomes the user who signed in
 * last at this point, and then refreshes one user's tokens under another's name; here only a user whose
 * name was taken away does.
 */
function device(user) {
  const lastUser = user.storage.getItem(`${user.keyPrefix}.LastAuthUser`);
  if (!lastUser) return {};
  user.username ??= lastUser;
  user.deviceKey = user.storage.getItem(`${user.keyPrefix}.${user.username}.deviceKey`);
  return { DEVICE_KEY: user.deviceKey };
}

/** An application that replaces the function that sends requests means its own. */
function isSame(flight, user, token) {
  return flight.username === user.username && flight.token === token && flight.request === user.client.request;
}

function send(user, token, operation, body, waiter) {
  const flight = { username: user.username, token, request: user.client.request, waiting: [waiter] };
  flights.add(flight);
  try {
    user.client.requestWithRetry(operation, body, (error, data) => land(flight, error, data));
  } catch (thrown) {
    // What cannot be sent has no answer to wait for.
    flights.delete(flight);
    throw thrown;
  }
}

/** Gives everybody the answer: each user their session, each callback once. */
function land(flight, error, data) {
  flights.delete(flight);
  for (const { user, callback } of flight.waiting.splice(0)) {
    let outcome;
    try {
      outcome = [null, error ? refuse(user, error) : adopt(user, flight.token, data)];
    } catch (cause) {
      outcome = [cause, null];
    }
    try {
      callback(...outcome);
    } catch (thrown) {
      // The others must hear of it too.
      rethrow(thrown);
    }
  }
}

/** Only this error says that the session is over; after any other it may still be renewed. */
function refuse(user, error) {
  if (error.code === "NotAuthorizedException") user.clearCachedUser();
  throw error;
}

/** A refresh token that the answer does not replace stays in use. */
function adopt(user, token, data) {
  const result = data.AuthenticationResult;
  if (!result?.AccessToken) {
    throw failure("UnexpectedResponse", "Unexpected response of the service: neither tokens nor a challenge");
  }
  user.signInUserSession = user.getCognitoUserSession({ ...result, RefreshToken: result.RefreshToken || token });
  user.cacheTokens();
  return user.signInUserSession;
}
