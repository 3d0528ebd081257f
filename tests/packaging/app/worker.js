import * as cognito from "amazon-cognito-identity";
import { signIn } from "./sign-in.js";

// A worker has no localStorage: the default storage is then the memory.
self.onmessage = async ({ data }) => self.postMessage(await signIn(cognito, data));
