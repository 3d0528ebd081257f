import type { BigInteger } from "./big-integer.js";

/** `(error, null)` or `(null, result)`, before the method returns. */
type Callback<T> = (error: any, result: T) => void;

/** The mathematics of SRP step by step, for applications that do the requests themselves. */
export declare class AuthenticationHelper {
  /** @param userPoolName what follows `_` in the pool's id */
  constructor(userPoolName: string);

  N: BigInteger;
  g: BigInteger;
  k: BigInteger;
  smallAValue: BigInteger;
  largeAValue: BigInteger;
  infoBits: Uint8Array;
  poolName: string;
  UHexHash?: string;
  UValue?: BigInteger;
  randomPassword?: string;
  SaltToHashDevices?: string;
  verifierDevices?: string;

  getSmallAValue(): BigInteger;
  getLargeAValue(callback: Callback<BigInteger>): void;
  generateRandomSmallA(): BigInteger;
  /** A password for a device. */
  generateRandomString(): string;
  /** What `generateHashDevice` made: the password, */
  getRandomPassword(): string | undefined;
  /** the salt (hexadecimal), */
  getSaltDevices(): string | undefined;
  /** and the verifier (hexadecimal). */
  getVerifierDevices(): string | undefined;
  generateHashDevice(deviceGroupKey: string, deviceKey: string, callback: Callback<null>): void;
  /** A = g^a mod N */
  calculateA(a: BigInteger, callback: Callback<BigInteger>): void;
  /** u = H(pad(A) | pad(B)) */
  calculateU(A: BigInteger, B: BigInteger): BigInteger;
  /** SHA-256 in hexadecimal. */
  hash(message: Uint8Array | string): string;
  /** SHA-256 of bytes in hexadecimal. */
  hexHash(digits: string): string;
  computehkdf(ikm: Uint8Array, salt: Uint8Array): Uint8Array;
  /** @throws if B or u is zero modulo N */
  getPasswordAuthenticationKey(
    username: string,
    password: string,
    serverBValue: BigInteger,
    salt: BigInteger,
    callback: Callback<Uint8Array>,
  ): void;
  calculateS(xValue: BigInteger, serverBValue: BigInteger, callback: Callback<BigInteger>): void;
  /** `userAttributes.` */
  getNewPasswordRequiredChallengeUserAttributePrefix(): string;
  /** The shortest two's complement form in hexadecimal, in which integers are hashed. */
  padHex(bigInt: BigInteger): string;
}
