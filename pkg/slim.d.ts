/**
 * Makes the classes ready. Until then they cannot be used. Later calls wait for the first.
 *
 * @param source the module `amazon-cognito-identity/cognito.wasm`: its bytes, where to fetch it, a response
 *   that brings it, or the compiled module; by default the file is fetched from beside the entry
 */
export function init(
  source?: Source | Promise<Source>,
): Promise<void>;

type Source = string | URL | Response | ArrayBuffer | ArrayBufferView | WebAssembly.Module;
