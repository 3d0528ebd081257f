/** The integers of the SRP helper. */
export declare class BigInteger {
  /**
   * @param text digits, after `-` for a negative number; nothing else in it counts
   * @throws for another radix
   */
  constructor(text?: string | null, radix?: 2 | 4 | 8 | 16 | 32);

  static ZERO: BigInteger;
  static ONE: BigInteger;

  fromInt(value: number): void;
  toString(radix?: 2 | 4 | 8 | 16 | 32): string;
  negate(): BigInteger;
  abs(): BigInteger;
  /** Below, at or above zero. */
  compareTo(other: BigInteger): number;
  bitLength(): number;
  mod(modulus: BigInteger): BigInteger;
  equals(other: BigInteger): boolean;
  add(other: BigInteger): BigInteger;
  subtract(other: BigInteger): BigInteger;
  multiply(other: BigInteger): BigInteger;
  divide(other: BigInteger): BigInteger;
  /** Calls back before it returns the same. */
  modPow(
    exponent: BigInteger,
    modulus: BigInteger,
    callback?: (error: null, result: BigInteger) => void,
  ): BigInteger;
}
