import { BigInteger, fromBytes } from "./big-integer.js";
import { decodeHex, encodeBase64, encodeHex, randomBytes } from "./bytes.js";
import { core } from "./core.js";
import { methods } from "./methods.js";

const EXPONENT_BYTES = 128;

/**
 * The mathematics of SRP step by step, for applications that do the requests themselves. All callbacks run
 * before the methods return. (`CognitoUser` does not need it: its secrets stay in the WebAssembly side.)
 */
export function AuthenticationHelper(poolName) {
  this.N = fromBytes(core().compute("modulus", [], []));
  this.g = new BigInteger("2", 16);
  this.k = new BigInteger(this.hexHash(`${this.padHex(this.N)}${this.padHex(this.g)}`), 16);
  this.smallAValue = this.generateRandomSmallA();
  this.getLargeAValue(() => {});
  this.infoBits = utf8("Caldera Derived Key");
  this.poolName = poolName;
}

methods(AuthenticationHelper, {
  /** a */
  getSmallAValue() {
    return this.smallAValue;
  },

  /** `callback(null, A)` */
  getLargeAValue(callback) {
    if (this.largeAValue) return callback(null, this.largeAValue);
    return this.calculateA(this.smallAValue, (error, largeAValue) => {
      if (error) return callback(error, null);
      this.largeAValue = largeAValue;
      return callback(null, largeAValue);
    });
  },

  generateRandomSmallA() {
    return fromBytes(randomBytes(EXPONENT_BYTES));
  },

  /** A password for a device. */
  generateRandomString() {
    return encodeBase64(randomBytes(40));
  },

  /** What `generateHashDevice` made: the password, */
  getRandomPassword() {
    return this.randomPassword;
  },

  /** the salt (hexadecimal), */
  getSaltDevices() {
    return this.SaltToHashDevices;
  },

  /** and the verifier (hexadecimal). */
  getVerifierDevices() {
    return this.verifierDevices;
  },

  /** Makes a password, a salt and a verifier for a device. `callback(null, null)` */
  generateHashDevice(deviceGroupKey, deviceKey, callback) {
    this.randomPassword = this.generateRandomString();
    const inner = this.hash(`${deviceGroupKey}${deviceKey}:${this.randomPassword}`);
    this.SaltToHashDevices = this.padHex(fromBytes(randomBytes(16)));
    const x = new BigInteger(this.hexHash(this.SaltToHashDevices + inner), 16);
    this.verifierDevices = this.padHex(this.g.modPow(x, this.N));
    callback(null, null);
  },

  /** A = g^a mod N. `callback(null, A)` */
  calculateA(a, callback) {
    const largeA = this.g.modPow(a, this.N);
    if (largeA.mod(this.N).equals(BigInteger.ZERO)) {
      return callback(new Error("Illegal paramater. A mod N cannot be 0."), null);
    }
    return callback(null, largeA);
  },

  /** u = H(pad(A) | pad(B)) */
  calculateU(A, B) {
    this.UHexHash = this.hexHash(this.padHex(A) + this.padHex(B));
    return new BigInteger(this.UHexHash, 16);
  },

  /** SHA-256 of bytes or of a text, in hexadecimal. */
  hash(message) {
    return encodeHex(core().compute("sha256", bytes(message), []));
  },

  /** The same of bytes in hexadecimal. */
  hexHash(digits) {
    return this.hash(decodeHex(digits));
  },

  /** HKDF with the protocol's info, cut to 16 bytes. */
  computehkdf(ikm, salt) {
    const pseudorandom = core().compute("hmac", bytes(salt), bytes(ikm));
    return core().compute("hmac", pseudorandom, [...this.infoBits, 1]).slice(0, 16);
  },

  /** `callback(null, key)`: the 16 bytes that sign the claim */
  getPasswordAuthenticationKey(username, password, serverBValue, salt, callback) {
    if (serverBValue.mod(this.N).equals(BigInteger.ZERO)) throw new Error("B cannot be zero.");
    this.UValue = this.calculateU(this.largeAValue, serverBValue);
    if (this.UValue.equals(BigInteger.ZERO)) throw new Error("U cannot be zero.");
    const inner = this.hash(`${this.poolName}${username}:${password}`);
    const x = new BigInteger(this.hexHash(this.padHex(salt) + inner), 16);
    this.calculateS(x, serverBValue, (error, S) => {
      if (error) return callback(error, null);
      return callback(null, this.computehkdf(decodeHex(this.padHex(S)), decodeHex(this.padHex(this.UValue))));
    });
  },

  /** S = (B - k g^x)^(a + u x) mod N. `callback(null, S)` */
  calculateS(x, serverBValue, callback) {
    const base = serverBValue.subtract(this.k.multiply(this.g.modPow(x, this.N)));
    const exponent = this.smallAValue.add(this.UValue.multiply(x));
    return callback(null, base.modPow(exponent, this.N).mod(this.N));
  },

  getNewPasswordRequiredChallengeUserAttributePrefix() {
    return "userAttributes.";
  },

  /** The shortest two's complement form of an integer in hexadecimal, in which integers are hashed. */
  padHex(bigInt) {
    if (!(bigInt instanceof BigInteger)) throw new Error("Not a BigInteger");
    const { value } = bigInt;
    const bits = Math.max(8, Math.ceil((bigInt.bitLength() + 1) / 8) * 8);
    return BigInt.asUintN(bits, value).toString(16).padStart(bits / 4, "0");
  },
});

function bytes(message) {
  return typeof message === "string" ? utf8(message) : Uint8Array.from(message);
}

function utf8(text) {
  return new TextEncoder().encode(text);
}
