//! Takes the texts of panics out of a module.
//!
//! Where Rust panics, a message is made and then nobody is told: the module has no standard error, and
//! the trap is what JavaScript sees. So the functions that make messages become the trap itself, and
//! the optimiser then removes what only they used. The product's own code formats nothing.

use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

/// What only a panic reaches, by parts of demangled names.
const PANIC_CODE: [&str; 5] = [
    "core::fmt::",
    "core::panicking::",
    "std::panicking::",
    "alloc::fmt::",
    "rust_begin_unwind",
];

/// Replaces the body of each such function by `unreachable`. Gives their number.
pub(crate) fn panic_messages(module: &mut Module) -> usize {
    let found: Vec<FunctionId> = module
        .functions()
        .filter(|function| matches!(function.kind, FunctionKind::Local(_)))
        .filter(|function| function.name.as_deref().is_some_and(is_panic_code))
        .map(|function| function.id())
        .collect();
    for id in &found {
        trap(module, *id);
    }
    found.len()
}

fn is_panic_code(name: &str) -> bool {
    let name = format!("{:#}", rustc_demangle::demangle(name));
    PANIC_CODE.iter().any(|code| name.contains(code))
}

fn trap(module: &mut Module, id: FunctionId) {
    let ty = module.types.get(module.funcs.get(id).ty());
    let (parameters, results) = (ty.params().to_vec(), ty.results().to_vec());
    let arguments = parameters.iter().map(|ty| module.locals.add(*ty)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
    builder.func_body().unreachable();
    let body = builder.local_func(arguments);
    module.funcs.get_mut(id).kind = FunctionKind::Local(body);
}
