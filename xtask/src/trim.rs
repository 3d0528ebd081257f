//! Takes the texts of panics out of a module.
//!
//! Where Rust panics, a message is made and then nobody is told: the module has no standard error, and
//! the trap is what JavaScript sees. So the functions that make messages become the trap itself, and
//! the optimiser then removes what only they used. The product's own code formats nothing.
//!
//! The optimiser does not know which data is dead. Where a panic happened and what it says is data that only
//! the messages name: it becomes zeros, which the optimiser leaves out.

use std::ops::Range;

use walrus::{
    ConstExpr, Data, DataId, DataKind, FunctionBuilder, FunctionId, FunctionKind, Module, ir::Value,
};

/// What only a panic reaches, by parts of demangled names; and futures, which the classes have none of but
/// which a table of wasm-bindgen's holds.
const PANIC_CODE: [&str; 6] = [
    "core::fmt::",
    "core::panicking::",
    "std::panicking::",
    "alloc::fmt::",
    "rust_begin_unwind",
    "js_sys::futures::",
];

/// What panics of the standard library say, and what it writes numbers with.
const PANIC_TEXTS: [&[u8]; 13] = [
    b"00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899",
    b"RefCell already borrowed",
    b"RefCell already mutably borrowed",
    b"Tried to shrink to a larger capacity",
    b"assertion failed: end <= start + BLOCK && start <= first + LIMBS",
    b"attempt to join into collection with len > usize::MAX",
    b"capacity overflow",
    b"closure invoked recursively or after being dropped",
    b"copy_from_slice: source slice length (",
    b") does not match destination slice length (",
    b"index out of bounds: the len is ",
    b" but the index is ",
    b"mid > len",
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

/// Replaces the texts of panics, every `core::panic::Location` and the file names in them by zeros.
///
/// A location is four words: address and length of the file's name, line, column. It is known by its
/// name, a text that ends in `.rs`.
pub(crate) fn panic_data(module: &mut Module) {
    let segments: Vec<DataId> = module.data.iter().map(Data::id).collect();
    for id in segments {
        let data = module.data.get_mut(id);
        let DataKind::Active {
            offset: ConstExpr::Value(Value::I32(base)),
            ..
        } = data.kind
        else {
            continue;
        };
        let mut dead = location_ranges(&data.value, base as u32 as usize);
        dead.extend(text_ranges(&data.value));
        for byte in dead.into_iter().flatten() {
            if let Some(byte) = data.value.get_mut(byte) {
                *byte = 0;
            }
        }
    }
}

/// Where locations and their files' names lie in a segment that is loaded at `base`.
fn location_ranges(data: &[u8], base: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    for at in (0..data.len()).step_by(4) {
        let word = |index: usize| {
            let at = at + 4 * index;
            let bytes = data.get(at..at + 4)?.try_into().ok()?;
            usize::try_from(u32::from_le_bytes(bytes)).ok()
        };
        let name = || {
            let start = word(0)?.checked_sub(base)?;
            Some(start..start.checked_add(word(1)?)?)
        };
        let Some(name) = name() else { continue };
        if data
            .get(name.clone())
            .is_some_and(|name| name.ends_with(b".rs"))
        {
            ranges.extend([name, at..at + 16]);
        }
    }
    ranges
}

/// Where texts of panics lie in a segment.
fn text_ranges(data: &[u8]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    for text in PANIC_TEXTS {
        let windows = data.windows(text.len()).enumerate();
        let found = windows.filter(|(_, window)| *window == text);
        ranges.extend(found.map(|(at, _)| at..at + text.len()));
    }
    ranges
}
