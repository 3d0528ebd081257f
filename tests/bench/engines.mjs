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
    await page.goto(`${origin}${path}`);
    const samples = await page.evaluate(work, args);
    await context.close();
    return samples;
  };
  const names = Object.keys(files);
  return {
    name: `Chromium ${browser.version()}`,
    cold: (name) => inPage(`/cold/${names.indexOf(name)}`, () => globalThis.coldSignIn),
    warm: (rounds) => inPage("/warm", (args) => globalThis.measureWarm(...args), names, rounds),
    close: async () => {
      await browser.close();
      await close();
    },
  };
}

/**
 * Pages that sign in as soon as they have evaluated one bundle, one page that loads all, and nothing else. A bundle
 * comes when its page has loaded and has nothing else to do, as when somebody has typed a password: until then the
 * browser's own work would come in between, which takes as long as some packages do.
 */
function serve(files) {
  const names = Object.keys(files);
  const cold = (index) => `<!doctype html><script type="module" src="/service.mjs"></script>
<script type="module">
  globalThis.coldSignIn = new Promise((resolve) => {
    globalThis.onEvaluated = (name) => resolve(measure(name, evaluationStart));
  });
  onload = () => requestIdleCallback(() => {
    const script = document.createElement("script");
    script.src = "/bundle/${index}";
    document.head.append(script);
  });
</script>`;
  const warm = `<!doctype html><script type="module" src="/service.mjs"></script>
${names.map((_, index) => `<script defer src="/bundle/${index}"></script>`).join("\n")}`;
  const prologue = `globalThis.challenge = ${JSON.stringify(challenge)};\n`;
  const server = createServer((request, response) => {
    const [, kind, index] = request.url.split("/");
    const html = { cold: () => cold(index), warm: () => warm }[kind];
    const script = {
      "service.mjs": () => prologue + readFileSync(join(here, "service.mjs"), "utf8"),
      bundle: () => readFileSync(files[names[index]], "utf8"),
    }[kind];
    // Isolation makes the clock precise (5 microseconds instead of 100).
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-embedder-policy", "require-corp");
    if (!html && !script) return response.writeHead(404).end();
    response.setHeader("content-type", html ? "text/html" : "text/javascript");
    response.end((html ?? script)());
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
