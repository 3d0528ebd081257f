export * from "./index.js";

/**
 * Brings the WebAssembly module, without which nobody can sign in. Later calls wait for the first.
 *
 * @param source the file `cognito.wasm` of this package: its bytes, where to fetch it, a response that brings
 *   it, or the compiled module; by default it is fetched from where it lies in the package, which needs an ES
 *   module and a browser
 */
export declare function init(source?: Source | Promise<Source>): Promise<void>;

type Source = string | URL | Response | ArrayBuffer | ArrayBufferView | WebAssembly.Module;

export {};
