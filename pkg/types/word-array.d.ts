/** Bytes in words of 32 bits, big-endian. */
export declare class WordArray {
  constructor(words?: number[], sigBytes?: number);

  words: number[];
  sigBytes: number;

  /** A new one of this many random bytes. */
  random(nBytes: number): WordArray;
  /** Lower-case hexadecimal. */
  toString(): string;
}
