// Files inside the package that applications import.

const CLASSES = [
  ...["AuthenticationDetails", "AuthenticationHelper", "CognitoAccessToken", "CognitoIdToken", "CognitoRefreshToken"],
  ...["CognitoUser", "CognitoUserAttribute", "CognitoUserPool", "CognitoUserSession", "CookieStorage", "DateHelper"],
];
const OTHERS = ["BigInteger", "Client", "CognitoJwtToken", "StorageHelper", "UserAgent"];
const FILES = ["index", "internals/index", "utils/WordArray", "Platform/index", "Platform/constants", "Platform/version", "Platform/detectFramework"];

/** The names that a file exports, enumerable or not, and what kind of value each is. */
const shape = (module) =>
  Object.fromEntries(
    Object.getOwnPropertyNames(module)
      .sort()
      .map((name) => [name, typeof module[name]]),
  );

const scenarios = {
  async "the index: names in order"(t) {
    t.note("names", Object.keys(t.lib));
    t.note("kinds", shape(t.lib));
  },
  async "lib/index is the index"(t) {
    t.note("same classes", Object.keys(t.lib).map((name) => t.load("lib/index")[name] === t.lib[name]));
    t.note("lib", t.load("lib").CognitoUser === t.lib.CognitoUser);
  },
  async "with the ending .js"(t) {
    t.note("same", [...CLASSES, ...OTHERS].map((name) => t.load(`lib/${name}.js`) === t.load(`lib/${name}`)));
  },
  async "package.json"(t) {
    t.note("is there", typeof t.load("package.json").version);
  },
  async "the base of the tokens"(t) {
    const Base = t.load("lib/CognitoJwtToken").default;
    const token = new Base("a.eyJleHAiOjEwLCJpYXQiOjV9.c");
    t.note("token", [Object.keys(token), token.getExpiration(), token.getIssuedAt(), token.decodePayload(), new Base().getJwtToken()]);
    t.note("subclasses", [new t.lib.CognitoIdToken() instanceof Base, new t.lib.CognitoAccessToken() instanceof Base]);
  },
  async "a random integer"(t) {
    const draw = t.load("lib/utils/cryptoSecureRandomInt").default;
    t.note("kind", [typeof draw(), Number.isInteger(draw())]);
  },
  async "the platform"(t) {
    const { Platform, getUserAgent } = t.load("lib/Platform");
    t.note("platform", [Platform, getUserAgent(), t.load("lib/Platform/version").version, t.load("lib/Platform/constants")]);
    t.note("framework", t.load("lib/Platform/detectFramework").detectFramework());
  },
};

for (const name of CLASSES) {
  scenarios[`lib/${name}`] = async (t) => {
    const module = t.load(`lib/${name}`);
    t.note("shape", shape(module));
    t.note("the same class as in the index", module.default === t.lib[name]);
  };
}
for (const name of [...OTHERS, ...FILES]) {
  scenarios[`lib/${name}`] = async (t) => {
    t.note("shape", shape(t.load(`lib/${name}`)));
  };
}

export default scenarios;
