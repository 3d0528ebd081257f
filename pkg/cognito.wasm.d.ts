// What importing the file gives is for the bundler to say: mostly its address. `init` takes either.

declare const source: string | WebAssembly.Module;

export default source;
