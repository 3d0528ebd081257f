// What the tests drive: Amplify's Auth on a page.

import { Auth } from "@aws-amplify/auth";

Object.assign(globalThis, { Auth });
