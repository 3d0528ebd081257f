import * as cognito from "amazon-cognito-identity/slim";
import { signIn } from "./sign-in.js";

window.result = cognito.init().then(() => signIn(cognito, location.search));
