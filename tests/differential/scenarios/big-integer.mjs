// The big integers of the SRP helper, as applications reach them.

const load = (t) => new t.lib.AuthenticationHelper("Example01").N.constructor;

const NUMBERS = [
  ...["0", "1", "-1", "2", "7f", "80", "ff", "-ff", "100", "fffffff", "10000000", "-10000000"],
  ...["ffffffffffffff", "100000000000000", "123456789abcdef0123456789abcdef", "-fedcba9876543210fedcba9876543210"],
];
const MODULI = ["1", "3", "10001", "ffffffffffffffc5", "f123456789abcdef0123456789abcdef1"];

/** What `calculate` gives for every pair of numbers, as hexadecimal text or as it is. */
const pairs = (calculate, { right = NUMBERS } = {}) => async (t) => {
  const BigInteger = load(t);
  for (const a of NUMBERS) {
    for (const b of right) {
      const result = calculate(new BigInteger(a, 16), new BigInteger(b, 16));
      t.note(`${a} and ${b}`, result);
    }
  }
};

const NONZERO = { right: NUMBERS.filter((number) => number !== "0") };

/** What `calculate` gives for every number. */
const each = (calculate) => async (t) => {
  const BigInteger = load(t);
  for (const number of NUMBERS) t.note(number, calculate(new BigInteger(number, 16)));
};

export default {
  "add": pairs((a, b) => a.add(b)),
  "subtract": pairs((a, b) => a.subtract(b)),
  "multiply": pairs((a, b) => a.multiply(b)),
  "divide": pairs((a, b) => a.divide(b), NONZERO),
  "mod": pairs((a, b) => a.mod(b), { right: NUMBERS.filter((number) => !/^(0|-.*)$/.test(number)) }),
  "equals": pairs((a, b) => a.equals(b)),
  "compareTo: its sign": pairs((a, b) => Math.sign(a.compareTo(b))),
  "negate": each((a) => a.negate()),
  "abs": each((a) => a.abs()),
  "bitLength": each((a) => a.bitLength()),
  "toString": each((a) => [2, 4, 8, 16, 32].map((radix) => a.toString(radix))),
  async "toString: other radices"(t) {
    const BigInteger = load(t);
    const number = new BigInteger("ff", 16);
    for (const radix of [undefined, 10, 36, 1, "16"]) await t.step(String(radix), () => number.toString(radix));
    await t.step("template", () => `${number}`);
  },
  async "constructor: radices"(t) {
    const BigInteger = load(t);
    for (const [text, radix] of [["-101", 2], ["-123", 4], ["-777", 8], ["-FfF", 16], ["-vV1", 32], ["12", 10], ["12", undefined], ["12", "16"]]) {
      await t.step(`${text} in ${radix}`, () => new BigInteger(text, radix));
    }
  },
  async "constructor: text that is no number"(t) {
    const BigInteger = load(t);
    for (const text of ["", "-", "00ff", "f f", "f-f", "--f", " ff\n", "ff.8", "ff_#%"]) await t.step(text, () => new BigInteger(text, 16));
  },
  async "constructor: nothing"(t) {
    const BigInteger = load(t);
    await t.step("undefined", () => new BigInteger());
    await t.step("null", () => new BigInteger(null, 16));
  },
  async "fromInt"(t) {
    const BigInteger = load(t);
    for (const value of [0, 1, -1, 2, -2, 1000, -1000, 0x7ffffff, -0x7ffffff]) {
      await t.step(String(value), () => {
        const number = new BigInteger();
        const returned = number.fromInt(value);
        return [returned, number];
      });
    }
  },
  async "modPow"(t) {
    const BigInteger = load(t);
    const numbers = ["2", "ff", "123456789abcdef0123456789abcdef", "-ff", "0", "1"];
    const exponents = ["1", "2", "3", "11", "ffff", "10000", "3ffff", "ffffffffffff", "123456789abcdef0123456789abcdef", "f".repeat(100), "e".repeat(200)];
    for (const base of numbers) {
      for (const exponent of exponents) {
        for (const modulus of MODULI.filter((modulus) => modulus !== "1")) {
          const seen = [];
          const result = new BigInteger(base, 16).modPow(new BigInteger(exponent, 16), new BigInteger(modulus, 16), (...args) => void seen.push(args));
          t.note(`${base} ^ ${exponent} mod ${modulus}`, [result, seen]);
        }
      }
    }
  },
  async "modPow calls back before it returns"(t) {
    const BigInteger = load(t);
    const [base, exponent, modulus] = ["5", "3", "d"].map((hex) => new BigInteger(hex, 16));
    await t.step("modPow", () => base.modPow(exponent, modulus, t.callback()));
  },
  async "modPow: an exponent of zero"(t) {
    const BigInteger = load(t);
    const [base, modulus] = ["5", "d"].map((hex) => new BigInteger(hex, 16));
    await t.step("zero", () => base.modPow(BigInteger.ZERO, modulus, t.callback()));
  },
  async "modPow: a callback that throws"(t) {
    const BigInteger = load(t);
    const [base, exponent, modulus] = ["5", "3", "d"].map((hex) => new BigInteger(hex, 16));
    await t.step("modPow", () =>
      base.modPow(exponent, modulus, () => {
        throw new Error("the application's own bug");
      }),
    );
  },
  async "constants"(t) {
    const { ZERO, ONE } = load(t);
    await t.step("look", () => [ZERO, ONE, ZERO instanceof load(t), ONE.add(ONE), ZERO.subtract(ONE), ZERO.negate()]);
  },
  async "results are new and leave the operands alone"(t) {
    const BigInteger = load(t);
    const a = new BigInteger("ff", 16);
    const b = new BigInteger("-10", 16);
    for (const method of ["add", "subtract", "multiply", "divide"]) await t.step(method, () => [a[method](b), a, b]);
    await t.step("abs of a positive one", () => a.abs() === a);
    await t.step("classes", () => [a.add(b) instanceof BigInteger, a.negate().constructor === BigInteger]);
  },
  async "chained as in an application's own SRP"(t) {
    const BigInteger = load(t);
    const N = new t.lib.AuthenticationHelper("p").N;
    const [B, k, x] = ["abcdef0123456789", "53", "1234"].map((hex) => new BigInteger(hex, 16));
    await t.step("(B - k * g^x) mod N", () => B.subtract(k.multiply(new BigInteger("2", 16).modPow(x, N, () => undefined))).mod(N));
  },
};
