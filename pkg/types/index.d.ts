// Everything that is declared: what the index exports, and what only deep files do.

export * from "./attribute.js";
export * from "./authentication-details.js";
export * from "./authentication-helper.js";
export * from "./big-integer.js";
export * from "./callbacks.js";
export * from "./client.js";
export * from "./cognito-user.js";
export * from "./cognito-user-pool.js";
export * from "./date-helper.js";
export * from "./deep-only.js";
export * from "./session.js";
export * from "./storage.js";
export * from "./tokens.js";
export * from "./user-agent.js";
export * from "./word-array.js";
