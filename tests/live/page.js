// What the tests drive: both packages on one page, and their callbacks as promises.

import * as ours from "amazon-cognito-identity";
import * as upstream from "amazon-cognito-identity-js";

const packages = { upstream, ours };
const STAGES = ["newPasswordRequired", "mfaRequired", "totpRequired", "selectMFAType", "mfaSetup", "customChallenge"];

/** A user of a pool, through one of the packages. */
globalThis.userOf = (which, { userPoolId, clientId, endpoint, ...more }, username) => {
  const { CognitoUser, CognitoUserPool } = packages[which];
  const Pool = new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint, ...more });
  return username === undefined ? Pool.getCurrentUser() : new CognitoUser({ Username: username, Pool });
};

globalThis.detailsOf = (which, data) => new packages[which].AuthenticationDetails(data);

/** How far a step of a sign-in leads: the callback that it ends in, with its arguments as JSON has them. */
globalThis.stage = (step) =>
  new Promise((resolve) => {
    const told = (name) => (...args) => resolve({ callback: name, args: JSON.parse(JSON.stringify(args)) });
    const callbacks = Object.fromEntries(STAGES.map((name) => [name, told(name)]));
    step({
      ...callbacks,
      onSuccess: (session, ...rest) => resolve({ callback: "onSuccess", valid: session.isValid?.() ?? session, rest }),
      onFailure: ({ code, message }) => resolve({ callback: "onFailure", code, message }),
    });
  });

/** The same for challenges that only our package hands on. */
globalThis.otherStage = (step) =>
  new Promise((resolve) =>
    step({
      onSuccess: (session) => resolve({ callback: "onSuccess", valid: session.isValid() }),
      onFailure: ({ code, message }) => resolve({ callback: "onFailure", code, message }),
      otherChallenge: (name, parameters, available) => resolve({ callback: "otherChallenge", name, parameters, available }),
    }),
  );

/** A method with a callback `(error, result)`. */
globalThis.answered = (step) =>
  new Promise((resolve, reject) => step((error, result) => (error ? reject(error) : resolve(result))));

/** A method with `onSuccess` and `onFailure`. */
globalThis.succeeded = (step) => new Promise((resolve, reject) => step({ onSuccess: resolve, onFailure: reject }));
