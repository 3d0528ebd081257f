//! Powers of the generator, out of tables of its powers.

use alloc::vec::Vec;

use super::Arithmetic;
use crate::exponent::Exponent;
use crate::group::G;

/// The comb (Lim and Lee, "More Flexible Exponentiation with Precomputation", 1994): an exponent is cut into pieces,
/// and bits of equal position in the pieces of a table are taken in with one multiplication. 24 squarings and 48
/// multiplications instead of 288 and 72; larger tables would cost more to read than they save.
const TABLES: usize = 2;
const PIECES: usize = 6;
const PIECE_BITS: usize = 24;

/// Bits of the longest exponent that the tables are for.
const BITS: usize = TABLES * PIECES * PIECE_BITS;

/// The tables: what of a power of g does not depend on the exponent, made once in a process.
pub(super) struct Comb<E> {
    /// Entry i is the product of those powers whose pieces are the set bits of i.
    tables: Vec<[E; 1 << PIECES]>,
}

impl<E: Clone> Comb<E> {
    pub(super) fn new<A: Arithmetic<Element = E>>(kernel: &A) -> Self {
        let mut power = kernel.element(&G);
        let tables = (0..TABLES).map(|_| {
            let mut table = [const { A::ZERO }; 1 << PIECES];
            table[0] = kernel.one();
            for piece in 0..PIECES {
                let (known, fresh) = table.split_at_mut(1 << piece);
                for (entry, known) in fresh.iter_mut().zip(known) {
                    *entry = kernel.multiply(known, &power);
                }
                for _ in 0..PIECE_BITS {
                    power = kernel.square(&power);
                }
            }
            table
        });
        Self {
            tables: tables.collect(),
        }
    }

    /// g^exponent, in constant time like [`Arithmetic::pow`].
    pub(super) fn pow<A: Arithmetic<Element = E>>(&self, kernel: &A, exponent: &Exponent) -> E {
        if exponent.bits() > BITS {
            return kernel.pow(&kernel.element(&G), exponent);
        }
        let mut result = kernel.one();
        for position in (0..PIECE_BITS).rev() {
            result = kernel.square(&result);
            for (table, entries) in self.tables.iter().enumerate() {
                let index = (0..PIECES).fold(0, |index, piece| {
                    let start = (table * PIECES + piece) * PIECE_BITS;
                    index | exponent.window(start + position, 1) << piece
                });
                result = kernel.multiply(&result, &kernel.look_up(entries, index));
            }
        }
        result
    }
}
