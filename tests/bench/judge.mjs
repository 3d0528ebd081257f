// The server's half of SRP for the benchmark's one user, by BigInt and Node's crypto: a package that is
// fast and wrong must not win.

import { createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { OURS } from "../lib/package.mjs";
import { PASSWORD, POOL_ID, USERNAME } from "./account.mjs";

/** The prime of RFC 3526's group 15. */
export const N = BigInt(
  "0xffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b" +
    "302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe6" +
    "49286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d" +
    "670c354e4abc9804f1746c08ca18217c32905e462e36ce3be39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf695581718" +
    "3995497cea956ae515d2261898fa051015728e5a8aaac42dad33170d04507a33a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7d" +
    "b3970f85a6e1e4c7abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864d87602733ec86a64521f2b18177b200c" +
    "bbe117577a615d6c770988c0bad946e208e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2caffffffffffffffff",
);
const g = 2n;

const POOL_NAME = POOL_ID.split("_")[1];
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const number = (bytes) => BigInt(`0x${bytes.toString("hex")}`);

/** A positive number's bytes with a sign bit, as Cognito hashes numbers. */
function padded(value) {
  const digits = value.toString(16);
  const even = digits.length % 2 ? `0${digits}` : digits;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, "hex");
}

function power(base, exponent) {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % N;
    if (bit === "1") result = (result * base) % N;
  }
  return result;
}

const salt = number(randomBytes(16));
const x = number(sha256(padded(salt), sha256(`${POOL_NAME}${USERNAME}:${PASSWORD}`)));
const v = power(g, x);
const b = number(randomBytes(48));
const B = (number(sha256(padded(N), padded(g))) * v + power(g, b)) % N;

/** The challenge that every sign-in of the benchmark gets. */
export const challenge = {
  SALT: salt.toString(16),
  SRP_B: B.toString(16),
  // As long as the service's.
  SECRET_BLOCK: randomBytes(1200).toString("base64"),
  USERNAME,
  USER_ID_FOR_SRP: USERNAME,
};

/** Throws unless the sign-in proved the password. */
export function assertProven({ name, publicA, responses }) {
  const A = BigInt(`0x${publicA}`);
  const hash = sha256(padded(A), padded(B));
  const u = number(hash);
  const S = power((A * power(v, u)) % N, b);
  const claim = (salt) =>
    createHmac("sha256", Buffer.from(hkdfSync("sha256", padded(S), salt, "Caldera Derived Key", 16)))
      .update(POOL_NAME)
      .update(USERNAME)
      .update(Buffer.from(challenge.SECRET_BLOCK, "base64"))
      .update(responses.TIMESTAMP)
      .digest("base64");
  // A peer salts with the hash as it is where u begins with a zero byte (once in 256), which the service
  // would refuse. It has done the work all the same.
  const salts = name === OURS ? [padded(u)] : [padded(u), hash];
  if (!salts.map(claim).includes(responses.PASSWORD_CLAIM_SIGNATURE)) throw new Error(`${name}: a wrong proof`);
}
