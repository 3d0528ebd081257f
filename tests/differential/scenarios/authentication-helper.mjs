// The SRP helper that applications use on their own, on servers above all.

import { passwordVerifier } from "../replies.mjs";

const POOL = "Example01";
const PARAMETERS = JSON.parse(passwordVerifier().text).ChallengeParameters;

const make = (t, poolName = POOL) => t.watch("helper", new t.lib.AuthenticationHelper(poolName));

/** The class of big integers, found as applications find it. */
const bigInteger = (helper) => helper.N.constructor;

/** `getPasswordAuthenticationKey` with these values of the service, called for this user. */
const proving = ({ username = "alice", password = "Correct-horse-1", B = PARAMETERS.SRP_B, salt = PARAMETERS.SALT, poolName = POOL } = {}) => async (t) => {
  const helper = make(t, poolName);
  const BigInteger = bigInteger(helper);
  await t.step("key", () => {
    let result = "not called";
    const returned = helper.getPasswordAuthenticationKey(username, password, new BigInteger(B, 16), new BigInteger(salt, 16), (error, key) => {
      result = [error, key, key instanceof Uint8Array];
    });
    return { returned, result };
  });
};

export default {
  async "what a new one has"(t) {
    const helper = make(t);
    await t.step("look", () => [Object.keys(helper), helper.poolName]);
    await t.step("largeAValue at once", () => helper.largeAValue.toString(16));
    await t.step("smallAValue", () => [helper.smallAValue.toString(16), helper.getSmallAValue() === helper.smallAValue]);
    await t.step("N, g, k", () => [helper.N.toString(16), helper.g.toString(16), helper.k.toString(16)]);
    await t.step("infoBits", () => [helper.infoBits, helper.infoBits instanceof Uint8Array]);
    await t.step("nothing of a device yet", () => [helper.getRandomPassword(), helper.getSaltDevices(), helper.getVerifierDevices()]);
  },
  async "without a pool name"(t) {
    make(t, undefined);
    await t.step("look", () => {});
  },
  async "getLargeAValue calls back at once"(t) {
    const helper = make(t);
    await t.step("call", () => {
      const seen = [];
      const returned = helper.getLargeAValue((error, value) => void seen.push(error, value === helper.largeAValue));
      return { returned, seen };
    });
    await t.step("a value of the application's own", () => {
      helper.largeAValue = new (bigInteger(helper))("1234", 16);
      let seen;
      helper.getLargeAValue((_, value) => (seen = value));
      return seen;
    });
    await t.step("computed anew when it is gone", () => {
      helper.largeAValue = undefined;
      let seen;
      helper.getLargeAValue((_, value) => (seen = value));
      return [seen, helper.largeAValue === seen];
    });
    await t.step("a callback that throws", () =>
      helper.getLargeAValue(() => {
        throw new Error("the application's own bug");
      }),
    );
  },
  async "calculateA"(t) {
    const helper = make(t);
    const BigInteger = bigInteger(helper);
    for (const a of ["1", "2", "10", "ffffffffffffffffffffffffffffffff", "c00"]) {
      await t.step(a, () => {
        const seen = [];
        const returned = helper.calculateA(new BigInteger(a, 16), (...args) => void seen.push(args));
        return { returned, seen };
      });
    }
  },
  async "calculateA: g replaced by zero"(t) {
    const helper = make(t);
    const BigInteger = bigInteger(helper);
    helper.g = BigInteger.ZERO;
    await t.step("call", () => {
      const seen = [];
      helper.calculateA(new BigInteger("3", 16), (...args) => void seen.push(args[0]));
      return seen[0];
    });
  },
  async "generateRandomSmallA and generateRandomString"(t) {
    const helper = make(t);
    await t.step("small a", () => helper.generateRandomSmallA());
    await t.step("string", () => helper.generateRandomString());
  },
  async "hash and hexHash"(t) {
    const helper = make(t);
    for (const text of ["", "abc", "Ünïcode 🎉", "a".repeat(1000)]) await t.step(text.slice(0, 10), () => helper.hash(text));
    await t.step("bytes", () => helper.hash(Buffer.from("00ff80", "hex")));
    await t.step("a Uint8Array", () => helper.hash(new Uint8Array([1, 2, 3])));
    for (const hex of ["", "00", "00ff80", "ABCDEF", "abc"]) await t.step(`hex ${hex}`, () => helper.hexHash(hex));
  },
  async "computehkdf"(t) {
    const helper = make(t);
    const bytes = (length, first) => Uint8Array.from({ length }, (_, i) => (first + i) % 256);
    for (const [ikm, salt] of [
      [bytes(384, 1), bytes(32, 7)],
      [bytes(385, 0), bytes(33, 0)],
      [bytes(1, 9), bytes(1, 9)],
      [bytes(16, 3), bytes(100, 4)],
    ]) {
      await t.step(`${ikm.length} and ${salt.length} bytes`, () => {
        const key = helper.computehkdf(ikm, salt);
        return [key, key.length, key instanceof Uint8Array];
      });
    }
    await t.step("buffers", () => helper.computehkdf(Buffer.from("abcd", "hex"), Buffer.from("ef", "hex")));
    await t.step("other info bits", () => {
      helper.infoBits = Buffer.from("another label", "utf8");
      return helper.computehkdf(bytes(16, 3), bytes(16, 4));
    });
  },
  async "padHex"(t) {
    const helper = make(t);
    const BigInteger = bigInteger(helper);
    const numbers = ["0", "1", "7f", "80", "ff", "100", "7fff", "8000", "ffff", "-1", "-7f", "-80", "-81", "-ff", "-100", "-8000", "-8001", "-123456789abcdef"];
    for (const number of numbers) await t.step(number, () => helper.padHex(new BigInteger(number, 16)));
    await t.step("N", () => helper.padHex(helper.N));
  },
  async "padHex: no big integer"(t) {
    const helper = make(t);
    for (const value of [undefined, null, 1, "ff", {}, { toString: () => "ff" }]) await t.step(String(value), () => helper.padHex(value));
    await t.step("a bigint", () => helper.padHex(255n));
  },
  async "calculateU"(t) {
    const helper = make(t);
    const BigInteger = bigInteger(helper);
    await t.step("A and B", () => helper.calculateU(helper.largeAValue, new BigInteger(PARAMETERS.SRP_B, 16)));
    await t.step("small ones", () => helper.calculateU(new BigInteger("1", 16), new BigInteger("ff", 16)));
  },
  async "calculateS"(t) {
    const helper = make(t);
    const BigInteger = bigInteger(helper);
    const B = new BigInteger(PARAMETERS.SRP_B, 16);
    helper.UValue = helper.calculateU(helper.largeAValue, B);
    await t.step("S", () => {
      const seen = [];
      const returned = helper.calculateS(new BigInteger("123456789abcdef", 16), B, (...args) => void seen.push(args));
      return { returned, seen };
    });
  },
  "key": proving(),
  "key: a password beyond ASCII": proving({ username: "ålice", password: "Pässwörd-🎉" }),
  "key: an empty password": proving({ password: "" }),
  "key: another pool": proving({ poolName: "another" }),
  "key: a salt with its top bit set": proving({ salt: "f".repeat(32) }),
  "key: a short salt": proving({ salt: "1" }),
  "key: a small B": proving({ B: "2" }),
  "key: B of zero": proving({ B: "0" }),
  async "key: B is N"(t) {
    const helper = make(t);
    await t.step("key", () => helper.getPasswordAuthenticationKey("alice", "x", helper.N, helper.g, () => undefined));
  },
  async "key: with values of the application's own"(t) {
    const helper = make(t);
    const BigInteger = bigInteger(helper);
    helper.smallAValue = new BigInteger("1234567890abcdef", 16);
    helper.calculateA(helper.smallAValue, (_, A) => (helper.largeAValue = A));
    await t.step("key", () => {
      let result;
      helper.getPasswordAuthenticationKey("alice", "x", new BigInteger(PARAMETERS.SRP_B, 16), new BigInteger(PARAMETERS.SALT, 16), (_, key) => (result = key));
      return result;
    });
  },
  async "key: twice with one helper"(t) {
    const helper = make(t);
    const BigInteger = bigInteger(helper);
    const key = (password) => () => {
      let result;
      helper.getPasswordAuthenticationKey("alice", password, new BigInteger(PARAMETERS.SRP_B, 16), new BigInteger(PARAMETERS.SALT, 16), (_, bytes) => (result = bytes));
      return result;
    };
    await t.step("first", key("one"));
    await t.step("second", key("two"));
  },
  async "key: a callback that throws"(t) {
    const helper = make(t);
    const BigInteger = bigInteger(helper);
    const thrower = () => {
      throw new Error("the application's own bug");
    };
    await t.step("key", () => helper.getPasswordAuthenticationKey("alice", "x", new BigInteger(PARAMETERS.SRP_B, 16), new BigInteger("1", 16), thrower));
  },
  async "a device"(t) {
    const helper = make(t);
    await t.step("generate", () => {
      const seen = [];
      const returned = helper.generateHashDevice("-aBcD1eF2", "eu-west-1_device", (...args) => void seen.push(args));
      return { returned, seen };
    });
    await t.step("getters", () => [helper.getRandomPassword(), helper.getSaltDevices(), helper.getVerifierDevices()]);
  },
  async "a device: salts with leading zeros and with the top bit"(t) {
    const helper = make(t);
    for (const salt of ["00000000000000000000000000000001", "f0000000000000000000000000000000", "80".padEnd(32, "0"), "00".repeat(16)]) {
      t.draw(salt);
      await t.step(salt, () => helper.generateHashDevice("group", "device", () => undefined));
    }
  },
  async "the prefix of attributes"(t) {
    const helper = make(t);
    await t.step("prefix", () => helper.getNewPasswordRequiredChallengeUserAttributePrefix());
  },
  async "a subclass"(t) {
    class Mine extends t.lib.AuthenticationHelper {
      generateRandomSmallA() {
        return new (bigInteger(this))("abcdef", 16);
      }
    }
    const helper = new Mine(POOL);
    await t.step("its own exponent", () => [helper.smallAValue, helper.largeAValue]);
  },
};
