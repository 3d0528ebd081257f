/** Writes the time as the claim of an SRP proof has it. */
export declare class DateHelper {
  /** Such as `Sun Mar 1 12:00:00 UTC 2026`. */
  getNowString(): string;
}
