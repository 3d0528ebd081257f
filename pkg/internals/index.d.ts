export * from "../lib/internals/index.js";
