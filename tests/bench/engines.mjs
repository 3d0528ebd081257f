// Where the packages are measured. An engine gives the samples of a cold sign-in (a fresh process or page)
// and of warm rounds.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { launchChromium } from "../lib/chromium.mjs";
import { bundle } from "./bundle.mjs";
import { challenge } from "./judge.mjs";

const here = import.meta.dirname;

export async function nodeEngine(folder) {
  const files = await bundle("node", folder);
  const run = (...args) =>
    JSON.parse(
      execFileSync(process.execPath, [join(here, "in-node.mjs"), ...args], {
        input: JSON.stringify(challenge),
        maxBuffer: 1 << 28,
      }),
    );
  return {
    name: `Node ${process.versions.node}`,
    cold: async (name) => run("cold", name, files[name])[0],
    warm: async (rounds) => run("warm", String(rounds), ...Object.entries(files).flat()),
    close: async () => {},
  };
}

export async function chromiumEngine(folder) {
  const files = await bundle("browser", folder);
  const { origin, close } = await serve(files);
  const browser = await launchChromium();
  // A context of its own is a renderer process of its own, without any cache.
  const inPage = async (path, work, ...args) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    // And at rest, as when somebody has typed a password: while a page loads, the browser's own work comes in
    // between, which takes as long as some packages do.
    await page.goto(`${origin}${path}`, { waitUntil: "networkidle" });
    const samples = await page.evaluate(work, args);
    await context.close();
    return samples;
  };
  const names = Object.keys(files);
  return {
    name: `Chromium ${browser.version()}`,
    cold: (name) => inPage("/cold", (args) => globalThis.measureCold(...args), name, `/bundle/${names.indexOf(name)}`),
    warm: (rounds) => inPage("/warm", (args) => globalThis.measureWarm(...args), names, rounds),
    close: async () => {
      await browser.close();
      await close();
    },
  };
}

/** A page that loads a bundle when it is told to, one page that has loaded all, and nothing else. */
function serve(files) {
  const names = Object.keys(files);
  const cold = `<!doctype html><script type="module" src="/service.mjs"></script>`;
  const warm = `<!doctype html><script type="module" src="/service.mjs"></script>
${names.map((_, index) => `<script defer src="/bundle/${index}"></script>`).join("\n")}`;
  const prologue = `globalThis.challenge = ${JSON.stringify(challenge)};\n`;
  const server = createServer((request, response) => {
    const [, kind, index] = request.url.split("/");
    const html = { cold, warm }[kind];
    const script = {
      "service.mjs": () => prologue + readFileSync(join(here, "service.mjs"), "utf8"),
      bundle: () => readFileSync(files[names[index]], "utf8"),
    }[kind];
    // Isolation makes the clock precise (5 microseconds instead of 100).
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-embedder-policy", "require-corp");
    if (!html && !script) return response.writeHead(404).end();
    response.setHeader("content-type", html ? "text/html" : "text/javascript");
    response.end(html ?? script());
  });
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () =>
      resolve({
        origin: `http://127.0.0.1:${server.address().port}`,
        close: () => new Promise((closed) => server.close(closed)),
      }),
    ),
  );
}
