import { begin, proceed } from "../conversation.js";
import { core } from "../core.js";

/*
 * How sign-ins begin and challenges are answered. Each method then calls `onSuccess(session)`,
 * `onFailure(error)` or the callback of the next challenge: `newPasswordRequired(attributes, required)`,
 * `mfaRequired`, `totpRequired`, `selectMFAType`, `mfaSetup` (each with the challenge's name and
 * parameters), `customChallenge(parameters)`, or for all that upstream does not have
 * `otherChallenge(name, parameters, available)`.
 */
export const signIn = {
  /** Signs in as `setAuthenticationFlowType` has chosen. */
  authenticateUser(details, callbacks) {
    switch (this.authenticationFlowType) {
      case "USER_PASSWORD_AUTH":
        return this.authenticateUserPlainUsernamePassword(details, callbacks);
      case "USER_SRP_AUTH":
      case "CUSTOM_AUTH":
        return this.authenticateUserDefaultAuth(details, callbacks);
      case "USER_AUTH":
        return this.initiateAuth(details, callbacks);
      default:
        return callbacks.onFailure(new Error("Authentication flow type is invalid."));
    }
  },

  /** By SRP: the password is proved, not sent. */
  authenticateUserDefaultAuth(details, callbacks) {
    const isCustom = this.authenticationFlowType === "CUSTOM_AUTH";
    const password = details.getPassword();
    if (password == null && !isCustom) return callbacks.onFailure(new Error("PASSWORD parameter is required"));
    return startFlow(this, callbacks, () =>
      core().signIn(this, isCustom, String(password ?? ""), metadata(details)),
    );
  },

  /** By sending the password to the service. */
  authenticateUserPlainUsernamePassword(details, callbacks) {
    const password = details.getPassword();
    if (!password) {
      callbacks.onFailure(new Error("PASSWORD parameter is required"));
      return undefined;
    }
    this.getCachedDeviceKeyAndPassword();
    return begin(this, callbacks, "InitiateAuth", {
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: this.pool.getClientId(),
      AuthParameters: { USERNAME: this.username, PASSWORD: password, ...device(this) },
      ClientMetadata: metadata(details),
    });
  },

  /** By what the pool's triggers ask, without a password; with `USER_AUTH`, by a factor of the user's choice. */
  initiateAuth(details, callbacks) {
    const parameters = details.getAuthParameters();
    parameters.USERNAME = this.username;
    return begin(this, callbacks, "InitiateAuth", {
      AuthFlow: this.authenticationFlowType === "USER_AUTH" ? "USER_AUTH" : "CUSTOM_AUTH",
      ClientId: this.pool.getClientId(),
      AuthParameters: parameters,
      ClientMetadata: metadata(details),
    });
  },

  /** Goes on from an answer of InitiateAuth or RespondToAuthChallenge. Upstream's helper is not needed. */
  authenticateUserInternal(data, _helper, callbacks) {
    let flow;
    let step;
    try {
      flow = core().answer(this);
      step = flow.next(null, data);
    } catch (cause) {
      flow?.free();
      return callbacks.onFailure(cause);
    }
    return proceed(this, flow, callbacks, step);
  },

  /** Answers DEVICE_SRP_AUTH. */
  getDeviceResponse(callbacks, clientMetadata) {
    return startFlow(this, callbacks, () => core().proveDevice(this, clientMetadata));
  },

  /** Answers `newPasswordRequired`. */
  completeNewPasswordChallenge(newPassword, requiredAttributeData, callbacks, clientMetadata) {
    if (!newPassword) return callbacks.onFailure(new Error("New password is required."));
    const responses = {};
    for (const [name, value] of Object.entries(requiredAttributeData ?? {})) {
      responses[`userAttributes.${name}`] = value;
    }
    responses.NEW_PASSWORD = newPassword;
    responses.USERNAME = this.username;
    return begin(this, callbacks, "RespondToAuthChallenge", {
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      ClientId: this.pool.getClientId(),
      ChallengeResponses: responses,
      Session: this.Session,
      ClientMetadata: clientMetadata,
    });
  },

  /** Answers `customChallenge`. */
  sendCustomChallengeAnswer(answer, callbacks, clientMetadata) {
    this.getCachedDeviceKeyAndPassword();
    return respond(this, callbacks, "CUSTOM_CHALLENGE", { ANSWER: answer, ...device(this) }, clientMetadata);
  },

  /** Answers `mfaRequired`, and `totpRequired` with the type `SOFTWARE_TOKEN_MFA`. */
  sendMFACode(code, callbacks, mfaType, clientMetadata) {
    const type = mfaType || "SMS_MFA";
    const token = type === "SOFTWARE_TOKEN_MFA" ? { SOFTWARE_TOKEN_MFA_CODE: code } : {};
    return respond(this, callbacks, type, { SMS_MFA_CODE: code, ...token, ...device(this) }, clientMetadata);
  },

  /** Answers `selectMFAType` with `SMS_MFA` or `SOFTWARE_TOKEN_MFA`. */
  sendMFASelectionAnswer(answer, callbacks) {
    return respond(this, callbacks, "SELECT_MFA_TYPE", { ANSWER: answer });
  },

  /** Answers `otherChallenge` with what the service documents for that challenge, such as `{EMAIL_OTP_CODE}`. */
  sendChallengeAnswer(challengeName, responses, callbacks, clientMetadata) {
    return respond(this, callbacks, challengeName, responses, clientMetadata);
  },
};

/** Does a flow's first step. */
function startFlow(user, callbacks, flow) {
  let started;
  try {
    started = flow();
  } catch (cause) {
    return callbacks.onFailure(cause);
  }
  return proceed(user, started, callbacks);
}

function respond(user, callbacks, challenge, responses, clientMetadata) {
  return begin(user, callbacks, "RespondToAuthChallenge", {
    ChallengeName: challenge,
    ChallengeResponses: { USERNAME: user.username, ...responses },
    ClientId: user.pool.getClientId(),
    Session: user.Session,
    ClientMetadata: clientMetadata,
  });
}

/** Upstream sends validation data in the place of client metadata if there is any. */
function metadata(details) {
  const validationData = details.getValidationData();
  return Object.keys(validationData).length > 0 ? validationData : details.getClientMetadata();
}

function device({ deviceKey }) {
  return deviceKey == null ? {} : { DEVICE_KEY: deviceKey };
}
