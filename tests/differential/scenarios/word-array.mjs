/** Constructs with each of these argument lists. */
const constructing = (...lists) => async (t) => {
  for (const list of lists) {
    await t.step(JSON.stringify(list), () => {
      const words = new t.lib.WordArray(...list);
      return [words, Object.keys(words), words.toString()];
    });
  }
};

export default {
  "defaults": constructing([], [undefined], [null], [[]]),
  "words": constructing([[0x12345678]], [[0x12345678, 0x9abcdef0]], [[-1, 1]], [[0]]),
  "fewer bytes than the words have": constructing([[0x12345678], 3], [[0x12345678], 1], [[0x12345678], 0], [[0x12345678, 0x9abcdef0], 5], [[1], null]),
  "more bytes than the words have": constructing([[0x12345678], 6], [[], 2]),
  async "random"(t) {
    for (const size of [0, 1, 3, 4, 5, 16, 20, 36, 40, 128]) {
      await t.step(`${size} bytes`, () => {
        const words = new t.lib.WordArray().random(size);
        return [words, words.toString()];
      });
    }
  },
  async "random gives a new one"(t) {
    const words = new t.lib.WordArray([1]);
    await t.step("random", () => [words.random(4) === words, words, words.random(4) instanceof t.lib.WordArray]);
  },
  async "the given words are kept, not copied"(t) {
    const list = [1];
    const words = new t.lib.WordArray(list);
    list[0] = 2;
    await t.step("look", () => [words.words === list, words.toString()]);
  },
  async "as a text"(t) {
    await t.step("template", () => `${new t.lib.WordArray([0x00ff00ff])}`);
    await t.step("JSON", () => JSON.stringify(new t.lib.WordArray([0x00ff00ff])));
  },
  async "without a source of randomness"(t) {
    const words = new t.lib.WordArray();
    const { getRandomValues } = crypto;
    crypto.getRandomValues = () => {
      throw new Error("no entropy");
    };
    await t.step("random", () => words.random(4));
    crypto.getRandomValues = getRandomValues;
  },
};
