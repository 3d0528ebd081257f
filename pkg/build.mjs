// Makes the published files of this package out of its entries and the generated glue:
//
//   node pkg/build.mjs <folder with cognito_bg.js, imports.js and the optimised cognito_bg.wasm>
//
// `cargo xtask build` does what comes before and calls this. It prints the sizes at the end.
//
// `es` has the package as ES modules, for bundlers and browsers; `lib` has it as CommonJS, for Node and
// Jest. Both have the layout of upstream's: a file for each class, here of one line, around one `classes.js`.

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { inline } from "./inline.mjs";
import { withoutNames } from "./parts.mjs";
import { printSizes } from "./sizes.mjs";
import { DEEP, INDEX } from "./surface.mjs";

const esbuild = createRequire(new URL("../xtask/package.json", import.meta.url))("esbuild");
const { build } = esbuild;

const pkg = import.meta.dirname;
const glue = resolve(process.argv[2]);
const named = readFileSync(join(glue, "cognito_bg.wasm"));
const wasm = withoutNames(named);
const snippets = join(glue, "snippets");
const face = join(snippets, readdirSync(snippets)[0], "src/js");

const options = {
  bundle: true,
  platform: "neutral",
  // What BigInt asks for is older than simd128.
  target: ["es2020"],
  alias: { glue: join(glue, "cognito_bg.js"), imports: join(glue, "imports.js"), face },
  inject: [join(pkg, "entries/text-coding.mjs")],
  plugins: [inline(wasm)],
  logLevel: "warning",
  // Only modules know where they are; `init` looks.
  logOverride: { "empty-import-meta": "silent" },
};

for (const folder of ["es", "lib", "dist"]) rmSync(join(pkg, folder), { recursive: true, force: true });
const MODULES = ["classes", "ready", "init", "deep-only"];
// Only modules are strict by themselves: a method taken off its object must not write to the global one.
const STRICT = `"use strict";`;
await Promise.all([
  ...MODULES.map((name) => emit(name, `es/${name}.js`, { format: "esm" })),
  ...MODULES.map((name) => emit(name, `lib/${name}.js`, { format: "cjs", banner: { js: STRICT } })),
]);
writeFileSync(join(pkg, "cognito.wasm"), wasm);
write("es/package.json", `{ "type": "module" }\n`);
writeIndex();
writeSlim();
Object.entries(DEEP).forEach(([path, exported]) => writeDeep(path, exported));
await Promise.all([writeScript("amazon-cognito-identity.js"), writeScript("amazon-cognito-identity.min.js")]);
await printSizes(esbuild, pkg, options, named);

function emit(name, outfile, others) {
  const file = join(pkg, `entries/${name}.mjs`);
  return build({ ...options, ...others, external: ["./classes.js"], entryPoints: [file], outfile: join(pkg, outfile) });
}

function writeIndex() {
  write("es/index.js", `export { ${INDEX.join(", ")} } from "./ready.js";\n`);
  // From the deep files: who mocks one of them in a test mocks the index too, as with upstream.
  const home = (name) => Object.keys(DEEP).find((path) => DEEP[path].names.includes(name));
  const lines = INDEX.map((name) =>
    DEEP[home(name)].names[0] === name
      ? `exports.${name} = given(require("./${home(name)}.js"));`
      : `exports.${name} = require("./${home(name)}.js").${name};`,
  );
  write("lib/index.js", commonJs(
    "const given = (module) => (module && module.__esModule ? module.default : module);",
    ...lines,
  ));
  for (const folder of ["es", "lib"]) write(`${folder}/index.d.ts`, `export * from "../index.js";\n`);
}

function writeSlim() {
  write("es/slim.d.ts", `export * from "../slim.js";\n`);
  write("es/slim.js", `export { init } from "./init.js";\nexport { ${INDEX.join(", ")} } from "./classes.js";\n`);
  write("lib/slim.js", commonJs(
    ...INDEX.map((name) => `exports.${name} = require("./classes.js").${name};`),
    `exports.init = require("./init.js").init;`,
  ));
}

function writeDeep(path, { module, names, hasDefault }) {
  const up = path.includes("/") ? "../" : "./";
  const list = [...(hasDefault ? [`${names[0]} as default`] : []), ...names].join(", ");
  write(`es/${path}.js`, `export { ${list} } from "${up}${module}.js";\n`);
  write(`lib/${path}.js`, commonJs(
    `const { ${names.join(", ")} } = require("${up}${module}.js");`,
    ...(hasDefault ? [`exports.default = ${names[0]};`] : []),
    ...names.map((name) => `exports.${name} = ${name};`),
  ));
  const types = path.includes("/") ? "../../types/index.js" : "../types/index.js";
  for (const folder of ["es", "lib"]) write(`${folder}/${path}.d.ts`, `export { ${list} } from "${types}";\n`);
}

/** For a script tag, with a global; whoever asks for it in Node gets the one instance of the process. */
async function writeScript(name) {
  await build({
    ...options,
    entryPoints: [join(pkg, "es/index.js")],
    outfile: join(pkg, "dist", name),
    format: "iife",
    globalName: "AmazonCognitoIdentity",
    minify: name.endsWith(".min.js"),
    banner: {
      js: `(function (root, factory) {
  if (typeof module === "object" && module.exports) module.exports = require("../lib/index.js");
  else if (typeof define === "function" && define.amd) define([], factory);
  else root.AmazonCognitoIdentity = factory();
})(typeof self === "undefined" ? this : self, function () {
${STRICT}`,
    },
    footer: { js: "return AmazonCognitoIdentity; });" },
  });
  write(`dist/${name.replace(/js$/, "d.ts")}`, `export * from "../index.js";\n`);
}

function commonJs(...lines) {
  return [STRICT, "exports.__esModule = true;", ...lines, ""].join("\n");
}

function write(path, text) {
  const file = join(pkg, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
