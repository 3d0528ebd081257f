// Starts the page. The request log wraps `fetch`, so it comes before the package does;
// the package itself patches nothing.

import "./observe-fetch.js";
import { showFatal } from "./notice.js";

const config = await poolConfig();
if (config) await start(config);

/** The ready pool of this server: `{ userPoolId, clientId, endpoint }`, or nothing, and the page says so. */
async function poolConfig() {
  try {
    const response = await fetch("/_local/pool");
    if (response.ok) return await response.json();
    showFatal("This server has no ready user pool.", "Start it with `cargo xtask demo`, or give `cognito serve` the option `--create-pool`.");
  } catch {
    showFatal("The server does not answer.", "Start it with `cargo xtask demo` and reload this page.");
  }
}

async function start(config) {
  try {
    const { App } = await import("./app.js");
    await new App(config).start();
  } catch (error) {
    console.error(error);
    showFatal("The npm package did not load.", `Build it with \`cargo xtask build\` and reload this page. (${error.message})`);
  }
}
