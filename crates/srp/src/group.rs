//! The group: arithmetic modulo the 3072-bit safe prime of RFC 3526 (its group 15), which RFC 5054 also
//! uses for SRP, with the generator 2.
//!
//! RFC 5054 gives this prime the generator 5; Cognito takes 2, as RFC 3526 does.

use crate::uint::Uint;

/// N, least significant limb first: 2^3072 - 2^3008 - 1 + 2^64 * (floor(2^2942 pi) + 1690314).
/// The first and the last 64 bits are ones, which both kernels exploit.
#[rustfmt::skip]
pub(crate) const N: Uint = Uint([
    0xffff_ffff_ffff_ffff, 0x4b82_d120_a93a_d2ca, 0x43db_5bfc_e0fd_108e, 0x08e2_4fa0_74e5_ab31,
    0x7709_88c0_bad9_46e2, 0xbbe1_1757_7a61_5d6c, 0x521f_2b18_177b_200c, 0xd876_0273_3ec8_6a64,
    0xf12f_fa06_d98a_0864, 0xcee3_d226_1ad2_ee6b, 0x1e8c_94e0_4a25_619d, 0xabf5_ae8c_db09_33d7,
    0xb397_0f85_a6e1_e4c7, 0x8aea_7157_5d06_0c7d, 0xecfb_8504_58db_ef0a, 0xa855_21ab_df1c_ba64,
    0xad33_170d_0450_7a33, 0x1572_8e5a_8aaa_c42d, 0x15d2_2618_98fa_0510, 0x3995_497c_ea95_6ae5,
    0xde2b_cbf6_9558_1718, 0xb5c5_5df0_6f4c_52c9, 0x9b27_83a2_ec07_a28f, 0xe39e_772c_180e_8603,
    0x3290_5e46_2e36_ce3b, 0xf174_6c08_ca18_217c, 0x670c_354e_4abc_9804, 0x9ed5_2907_7096_966d,
    0x1c62_f356_2085_52bb, 0x8365_5d23_dca3_ad96, 0x6916_3fa8_fd24_cf5f, 0x98da_4836_1c55_d39a,
    0xc200_7cb8_a163_bf05, 0x4928_6651_ece4_5b3d, 0xae9f_2411_7c4b_1fe6, 0xee38_6bfb_5a89_9fa5,
    0x0bff_5cb6_f406_b7ed, 0xf44c_42e9_a637_ed6b, 0xe485_b576_625e_7ec6, 0x4fe1_356d_6d51_c245,
    0x302b_0a6d_f25f_1437, 0xef95_19b3_cd3a_431b, 0x514a_0879_8e34_04dd, 0x020b_bea6_3b13_9b22,
    0x2902_4e08_8a67_cc74, 0xc4c6_628b_80dc_1cd1, 0xc90f_daa2_2168_c234, 0xffff_ffff_ffff_ffff,
]);

/// g
#[cfg(any(test, not(target_arch = "wasm32")))]
pub(crate) const G: Uint = Uint::small([2, 0, 0, 0]);

/// k = H(pad(N) | pad(g))
#[rustfmt::skip]
pub(crate) const K: Uint = Uint::small([
    0x1b43_b8a5_b66d_9ee6, 0xf5b3_a6b0_8791_e501, 0xcbbd_e235_9fcf_67f9, 0x5382_82c4_3547_42d7,
]);

/// 2^exponent mod N, for the native kernel's constants; evaluated by the compiler, never with secrets.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) const fn power_of_two(exponent: usize) -> Uint {
    let mut power = Uint::small([1, 0, 0, 0]);
    let mut done = 0;
    while done < exponent {
        let (doubled, overflow) = power.add(&power);
        let (reduced, borrow) = doubled.subtract(&N);
        power = if overflow == 1 || borrow == 0 {
            reduced
        } else {
            doubled
        };
        done += 1;
    }
    power
}
