// The classes that only hold data: plain objects with upstream's fields.

export class AuthenticationDetails {
  constructor(data) {
    const { ValidationData, Username, Password, AuthParameters, ClientMetadata } = data ?? {};
    this.validationData = ValidationData || {};
    this.authParameters = AuthParameters || {};
    this.clientMetadata = ClientMetadata || {};
    this.username = Username;
    this.password = Password;
  }

  getUsername() {
    return this.username;
  }

  getPassword() {
    return this.password;
  }

  getValidationData() {
    return this.validationData;
  }

  getAuthParameters() {
    return this.authParameters;
  }

  getClientMetadata() {
    return this.clientMetadata;
  }
}

export class CognitoUserAttribute {
  constructor(data) {
    this.Name = data?.Name || "";
    this.Value = data?.Value || "";
  }

  getName() {
    return this.Name;
  }

  setName(name) {
    this.Name = name;
    return this;
  }

  getValue() {
    return this.Value;
  }

  setValue(value) {
    this.Value = value;
    return this;
  }

  toString() {
    return JSON.stringify(this);
  }

  toJSON() {
    return { Name: this.Name, Value: this.Value };
  }
}

/** What both JWT classes do. The signature is not checked: that is for whoever receives the token. */
class CognitoJwtToken {
  constructor(token) {
    this.jwtToken = text(token);
    this.payload = this.decodePayload();
  }

  getJwtToken() {
    return this.jwtToken;
  }

  getExpiration() {
    return this.payload?.exp;
  }

  getIssuedAt() {
    return this.payload?.iat;
  }

  /** The claims, read again; an empty object if there is nothing to read. */
  decodePayload() {
    try {
      return JSON.parse(new TextDecoder().decode(decodeBase64(this.jwtToken.split(".")[1])));
    } catch {
      return {};
    }
  }
}

export class CognitoIdToken extends CognitoJwtToken {
  constructor(data) {
    super(data?.IdToken);
  }
}

export class CognitoAccessToken extends CognitoJwtToken {
  constructor(data) {
    super(data?.AccessToken);
  }
}

export class CognitoRefreshToken {
  constructor(data) {
    this.token = text(data?.RefreshToken);
  }

  getToken() {
    return this.token;
  }
}

const entries = new Map();

/**
 * The store of last resort: of the whole process, as upstream has it. Pools and users that are made one
 * after another, each without storage of its own, find each other's sessions.
 */
export class MemoryStorage {
  static setItem(key, value) {
    entries.set(key, value);
    return value;
  }

  static getItem(key) {
    return entries.get(key);
  }

  static removeItem(key) {
    entries.delete(key);
    return true;
  }

  static clear() {
    entries.clear();
    return {};
  }
}

function text(value) {
  return typeof value === "string" ? value : "";
}

/** Of either alphabet, up to the first `=`; characters of neither, and one that is left over, count for nothing. */
function decodeBase64(encoded) {
  const sextets = encoded.split("=")[0].replace(/-/g, "+").replace(/_/g, "/").replace(/[^A-Za-z0-9+/]/g, "");
  const whole = sextets.length % 4 === 1 ? sextets.slice(0, -1) : sextets;
  return Uint8Array.from(atob(whole), (character) => character.charCodeAt(0));
}
