import { methods } from "./methods.js";

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Writes the time as a claim has it. */
export function DateHelper() {}

methods(DateHelper, {
  /** Such as `Sun Mar 1 12:00:00 UTC 2026`: the day of the month is not padded. */
  getNowString() {
    const now = new Date();
    const time = [now.getUTCHours(), now.getUTCMinutes(), now.getUTCSeconds()]
      .map((part) => String(part).padStart(2, "0"))
      .join(":");
    return `${DAYS[now.getUTCDay()]} ${MONTHS[now.getUTCMonth()]} ${now.getUTCDate()} ${time} UTC ${now.getUTCFullYear()}`;
  },
});
