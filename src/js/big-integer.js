import { core } from "./core.js";
import { decodeHex, encodeHex } from "./bytes.js";
import { methods } from "./methods.js";

const RADICES = [2, 4, 8, 16, 32];

/**
 * The integers of the SRP helper, as far as upstream has them of jsbn, over the engine's own. The sign may
 * lead; characters that are no digits of the radix are skipped. Without a text it is zero.
 */
export function BigInteger(text, radix) {
  set(this, 0n);
  if (text == null) return;
  checkRadix(radix);
  let value = 0n;
  for (const character of text) {
    const digit = parseInt(character, 36);
    if (digit < radix) value = value * BigInt(radix) + BigInt(digit);
  }
  set(this, text[0] === "-" ? -value : value);
}

/** Not an own property that shows: JSON has no form for it. */
const set = (integer, value) => Object.defineProperty(integer, "value", { value, writable: true, configurable: true });
const make = (value) => set(new BigInteger(), value);

methods(BigInteger, {
  fromInt(number) {
    set(this, BigInt(number));
  },

  toString(radix) {
    checkRadix(radix);
    return this.value.toString(radix);
  },

  negate() {
    return make(-this.value);
  },

  abs() {
    return this.value < 0n ? this.negate() : this;
  },

  /** Below, at or above zero. */
  compareTo(other) {
    if (this.value === other.value) return 0;
    return this.value < other.value ? -1 : 1;
  },

  equals(other) {
    return this.compareTo(other) === 0;
  },

  /** Of the two's complement form. */
  bitLength() {
    const magnitude = this.value < 0n ? -1n - this.value : this.value;
    return magnitude === 0n ? 0 : magnitude.toString(2).length;
  },

  add(other) {
    return make(this.value + other.value);
  },

  subtract(other) {
    return make(this.value - other.value);
  },

  multiply(other) {
    return make(this.value * other.value);
  },

  divide(other) {
    return make(this.value / other.value);
  },

  /** Never below zero. */
  mod(other) {
    return make(reduce(this.value, other.value));
  },

  /** `callback(null, power)` before this returns it. */
  modPow(exponent, modulus, callback) {
    const power = make(exponent.value <= 0n ? 1n : modPow(this.value, exponent.value, modulus.value));
    if (callback) callback(null, power);
    return power;
  },
});

BigInteger.ZERO = make(0n);
BigInteger.ONE = make(1n);

/** A number of these bytes, big-endian. */
export function fromBytes(bytes) {
  return new BigInteger(encodeHex(bytes), 16);
}

/** The bytes of a number that is not negative, big-endian. */
export function toBytes(value) {
  const digits = value.toString(16);
  return decodeHex(digits.padStart(digits.length + (digits.length % 2), "0"));
}

let modulusOfGroup;

/** Modulo the group's prime by the constant-time kernel, where the numbers fit it. */
function modPow(base, exponent, modulus) {
  modulusOfGroup ??= fromBytes(core().compute("modulus", [], [])).value;
  const reduced = reduce(base, modulus);
  const power = modulus === modulusOfGroup ? core().compute("power", toBytes(reduced), toBytes(exponent)) : undefined;
  return power ? fromBytes(power).value : square(reduced, exponent, modulus);
}

/** By squaring and multiplying, for any modulus. */
function square(base, exponent, modulus) {
  let power = 1n;
  for (const bit of exponent.toString(2)) {
    power = (power * power) % modulus;
    if (bit === "1") power = (power * base) % modulus;
  }
  return power;
}

function reduce(value, modulus) {
  const rest = value % modulus;
  return rest < 0n ? rest + (modulus < 0n ? -modulus : modulus) : rest;
}

function checkRadix(radix) {
  if (!RADICES.includes(Number(radix))) throw new Error("Only radix 2, 4, 8, 16, 32 are supported");
}
