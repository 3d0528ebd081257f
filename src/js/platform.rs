//! The allocator.

use dlmalloc::GlobalDlmalloc;

/// The allocator that the standard library has too, compiled as this package is: for size.
#[global_allocator]
static ALLOCATOR: GlobalDlmalloc = GlobalDlmalloc;
