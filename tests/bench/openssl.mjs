// The limit: OpenSSL's constant-time exponentiation, native, with upstream's 1024-bit private exponent.

import { createDiffieHellman, randomBytes } from "node:crypto";
import { N } from "./judge.mjs";

const prime = Buffer.from(N.toString(16), "hex");
const peer = Buffer.from((N >> 1n).toString(16), "hex");

const timed = (work) => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/** Milliseconds of A = g^a, and of g^x and (B - k g^x)^(a + u x) together. */
export function measureOpenssl() {
  const withExponent = (bytes) => {
    const group = createDiffieHellman(prime, Buffer.from([2]));
    group.setPrivateKey(randomBytes(bytes));
    return group;
  };
  const [a, x] = [withExponent(128), withExponent(32)];
  const A = timed(() => a.generateKeys());
  const key = timed(() => x.generateKeys()) + timed(() => a.computeSecret(peer));
  return { name: "OpenSSL", times: { A, key } };
}
