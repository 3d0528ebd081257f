// Compiles the module, or says in words what the page or the engine lacks.

const NAME = "amazon-cognito-identity";

/**
 * @param {() => T} compile
 * @returns {T}
 * @template T a module, or a promise of one
 */
export function compiling(compile) {
  if (typeof WebAssembly === "undefined") {
    throw new Error(`${NAME}: this engine has no WebAssembly`);
  }
  try {
    const compiled = compile();
    return compiled instanceof Promise ? compiled.catch(explain) : compiled;
  } catch (cause) {
    return explain(cause);
  }
}

/** @returns {never} */
function explain(cause) {
  const message = explanation(cause);
  throw message ? new Error(`${NAME}: ${message}`, { cause }) : cause;
}

function explanation({ name, message }) {
  // Chrome's, before version 115.
  if (name === "RangeError") return "this engine compiles modules in the background only: use `amazon-cognito-identity/slim`";
  if (name !== "CompileError") return undefined;
  return /content security policy|\bCSP\b|unsafe-eval/i.test(message)
    ? "the page's Content-Security-Policy blocks WebAssembly: add 'wasm-unsafe-eval' to its script-src"
    : "this engine cannot compile the module: it needs WebAssembly SIMD (Chrome 91, Firefox 89, Safari 16.4, Node 16.4 or later)";
}
