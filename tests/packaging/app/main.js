import * as cognito from "amazon-cognito-identity";
import { signIn } from "./sign-in.js";

window.result = signIn(cognito, location.search);
