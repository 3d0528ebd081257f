//! The allocator.

use lol_alloc::{AssumeSingleThreaded, FreeListAllocator};

/// A module has few and small allocations: the smallest allocator will do.
// SAFETY: the module is instantiated in one thread at a time; it has no shared memory.
#[allow(unsafe_code)]
#[global_allocator]
static ALLOCATOR: AssumeSingleThreaded<FreeListAllocator> =
    unsafe { AssumeSingleThreaded::new(FreeListAllocator::new()) };
