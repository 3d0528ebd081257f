// Files inside the package that applications import.

const CLASSES = [
  ...["AuthenticationDetails", "AuthenticationHelper", "CognitoAccessToken", "CognitoIdToken", "CognitoRefreshToken"],
  ...["CognitoUser", "CognitoUserAttribute", "CognitoUserPool", "CognitoUserSession", "CookieStorage", "DateHelper"],
];
const AGENT = ["appendToCognitoUserAgent", "addAuthCategoryToCognitoUserAgent", "addFrameworkToCognitoUserAgent"];

/** The other files, and what upstream's export. */
const FILES = {
  BigInteger: ["default"],
  Client: ["default"],
  CognitoJwtToken: ["default"],
  StorageHelper: ["default", "MemoryStorage"],
  UserAgent: ["default", ...AGENT, "getAmplifyUserAgent"],
  "internals/index": AGENT.slice(1),
  internals: AGENT.slice(1),
  "utils/WordArray": ["default"],
  "utils/cryptoSecureRandomInt": ["default"],
  Platform: ["default", "Platform", "getUserAgent"],
  "Platform/index": ["default", "Platform", "getUserAgent"],
  "Platform/constants": ["AUTH_CATEGORY", "FRAMEWORK"],
  "Platform/version": ["version"],
  "Platform/detectFramework": ["detectFramework"],
};

/** What kind of values a file exports under these names. */
const kinds = (module, names) => ["__esModule", ...names].map((name) => [name, typeof module[name]]);

const scenarios = {
  async "the index"(t) {
    t.note("names", Object.keys(t.lib).sort());
    t.note("kinds", kinds(t.lib, Object.keys(t.lib).sort()));
  },
  async "lib/index is the index"(t) {
    t.note("same classes", Object.keys(t.lib).map((name) => t.load("lib/index")[name] === t.lib[name]));
    t.note("lib", t.load("lib").CognitoUser === t.lib.CognitoUser);
  },
  async "with the ending .js"(t) {
    t.note("same", [...CLASSES, ...Object.keys(FILES).filter((name) => name !== "internals" && name !== "Platform")].map((name) => t.load(`lib/${name}.js`) === t.load(`lib/${name}`)));
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
    t.note("kinds", kinds(module, ["default"]));
    t.note("the same class as in the index", module.default === t.lib[name]);
  };
}
for (const [name, names] of Object.entries(FILES)) {
  scenarios[`lib/${name}`] = async (t) => t.note("kinds", kinds(t.load(`lib/${name}`), names));
}

export default scenarios;
