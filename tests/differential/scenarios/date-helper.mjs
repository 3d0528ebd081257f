/** What the helper says at each of these times. */
const at = (...times) => async (t) => {
  for (const time of times) {
    t.now = time;
    await t.step(new Date(time).toISOString(), () => new t.lib.DateHelper().getNowString());
  }
};

export default {
  "every month": at(...Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month, 15, 12, 30, 45))),
  "every weekday": at(...Array.from({ length: 7 }, (_, day) => Date.UTC(2026, 2, 1 + day, 1, 2, 3))),
  "one digit and two": at(Date.UTC(2026, 0, 1, 0, 0, 0), Date.UTC(2026, 0, 9, 9, 9, 9), Date.UTC(2026, 0, 10, 10, 10, 10), Date.UTC(2026, 11, 31, 23, 59, 59, 999)),
  "a leap day, and far years": at(Date.UTC(2024, 1, 29, 5, 6, 7), Date.UTC(1999, 11, 31), Date.UTC(9999, 11, 31)),
  async "the global Date is asked at each call"(t) {
    const helper = new t.lib.DateHelper();
    const RealDate = Date;
    globalThis.Date = class extends RealDate {
      constructor() {
        super(RealDate.UTC(2001, 1, 3, 4, 5, 6));
      }
    };
    const text = helper.getNowString();
    globalThis.Date = RealDate;
    await t.step("text", () => text);
  },
  async "its own fields"(t) {
    await t.step("none", () => Object.keys(new t.lib.DateHelper()));
  },
};
