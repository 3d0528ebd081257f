// The triggers of the demo's pool: says where they are run, and ends with whoever holds the other end of its input.

import { serveFunctions } from "../examples/triggers/runner.mjs";
import * as sum from "../examples/triggers/sum.mjs";

const { url } = await serveFunctions(sum);
console.log(url);
process.stdin.resume().on("end", () => process.exit());
