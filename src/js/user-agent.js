// What requests say of who sends them: of the whole process, as upstream has it.

/** Holds the text on its prototype. */
export function UserAgent() {}

/** Upstream's: the service sees the client it knows. */
UserAgent.prototype.userAgent = "aws-amplify/5.0.4";

let category = "";
let framework = "";

/** Adds to the text that every request carries, unless it is there already. */
export function appendToCognitoUserAgent(content) {
  const { userAgent } = UserAgent.prototype;
  if (!content || userAgent?.includes(content)) return;
  UserAgent.prototype.userAgent = userAgent ? `${userAgent} ${content}` : content;
}

/** Amplify's: says that its category is authentication. */
export function addAuthCategoryToCognitoUserAgent() {
  category = " auth";
}

/** Amplify's: says which framework it runs in. */
export function addFrameworkToCognitoUserAgent(content) {
  framework = content ? ` framework/${content}` : "";
}

/** The header's text. */
export function getAmplifyUserAgent() {
  return `${UserAgent.prototype.userAgent}${category}${framework}`;
}
