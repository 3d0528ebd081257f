// Runs every scenario with one package and posts the traces. One worker thread per package: the
// globals are replaced and the package's own global state must not reach the other's.

import { createRequire } from "node:module";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { describe } from "./describe.mjs";
import { scenarios } from "./scenarios.mjs";
import { Stage } from "./stage.mjs";
import { World } from "./world.mjs";

const { project, name: packageName, part } = workerData;
const require = createRequire(join(project, "index.js"));

let world;
process.on("uncaughtException", (error) => world.record({ uncaught: describe(error) }));
process.on("unhandledRejection", (error) => world.record({ unhandledRejection: describe(error) }));

for (const { name, settings, run } of scenarios) {
  if (!name.includes(part)) continue;
  world = new World();
  world.install(settings(world));
  parentPort.postMessage({ name, ...(await outcome(run)) });
}
parentPort.close();

async function outcome(run) {
  try {
    const lib = freshPackage();
    if (lib.WordArray !== undefined) world.watchDraws(lib.WordArray);
    await run(new Stage(lib, world, (path) => require(`${packageName}/${path}`)));
    await world.settle();
    return { trace: world.trace, unused: world.unused };
  } catch (error) {
    return { trace: world.trace, broken: error.stack ?? String(error) };
  }
}

/** The package with none of its module-level state used yet. */
function freshPackage() {
  for (const path of Object.keys(require.cache)) delete require.cache[path];
  return require(packageName);
}
