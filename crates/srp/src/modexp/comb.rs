//! Powers of the generator, with the generator's own powers prepared.

use zeroize::Zeroize;

use super::Arithmetic;
use crate::exponent::Exponent;
use crate::group::G;
use crate::uint::Uint;

/// Rows of the comb (Lim and Lee, "More Flexible Exponentiation with Precomputation", 1994): the exponent
/// is cut into four pieces of 72 bits, whose bits of equal position are taken in together. That makes 72
/// squarings out of 288; more rows would save less than their constants cost in download.
const ROWS: usize = 4;

/// Bits of a row.
const ROW_BITS: usize = 72;

/// g^exponent, in constant time like [`pow`](Arithmetic::pow).
pub(super) fn generator_pow<A: Arithmetic>(kernel: &A, exponent: &Exponent) -> A::Element {
    if exponent.bits() > ROWS * ROW_BITS {
        return kernel.pow(&kernel.element(&G), exponent);
    }
    // Entry i is the product of the powers whose rows are the set bits of i.
    let mut table = [const { A::ZERO }; 1 << ROWS];
    table[0] = kernel.one();
    let mut filled = 1;
    for power in [&G, &POWERS[0], &POWERS[1], &POWERS[2]] {
        let (known, fresh) = table.split_at_mut(filled);
        let power = kernel.element(power);
        for (entry, known) in fresh.iter_mut().zip(known) {
            *entry = kernel.multiply(known, &power);
        }
        filled *= 2;
    }
    let mut result = kernel.one();
    for position in (0..ROW_BITS).rev() {
        let index = (0..ROWS).fold(0, |index, row| {
            index | exponent.window(row * ROW_BITS + position, 1) << row
        });
        result = kernel.multiply(&kernel.square(&result), &kernel.look_up(&table, index));
    }
    table.zeroize();
    result
}

/// g^(2^72), g^(2^144) and g^(2^216) mod N.
#[rustfmt::skip]
pub(crate) static POWERS: [Uint; ROWS - 1] = [
    Uint([
        0x1877_65ec_388e_9d58, 0xa010_a5a8_dbd8_ce4f, 0x5338_4ccb_9e93_6bbe, 0x5184_b9c2_454c_c2cd,
        0xf712_6adc_34f9_eab5, 0xa44c_74de_6838_6883, 0x6eb9_9a48_7c32_58f6, 0x086d_559f_ff7a_f18b,
        0x8724_c4f1_4ea6_1b21, 0xe5b1_8720_231b_dadb, 0x9535_bc24_24f7_260e, 0xf3d4_4977_22b8_acfc,
        0x6da8_a954_6ae9_a024, 0x9056_c3fd_f286_0d9b, 0x860c_9f75_138e_effc, 0xbcbf_54e8_affa_eaec,
        0x34a8_1d2a_9f95_9fb1, 0x1ef2_f8c2_bf99_aea2, 0x1786_5cde_98d3_7ec1, 0x91f4_f969_5e36_3182,
        0xa683_d941_8ba0_77c9, 0xa950_b948_449e_d6dd, 0xdc96_f804_1e7b_8b06, 0xf297_2a34_5aae_9e56,
        0x1d07_89f2_b14c_8348, 0x03c8_acb5_bb08_874d, 0xcdc0_f777_297d_a087, 0xa68d_7f2c_d0a7_1378,
        0x66c8_279a_0598_f77d, 0xc50a_0d60_4db9_1d50, 0x9ee5_15ad_a4ec_7996, 0x1327_99b8_3a8f_767a,
        0x3458_c757_d7e7_6538, 0xcb29_4efe_89f1_ce7c, 0xa906_f31c_1a46_4396, 0xf7d8_4c0a_d195_eb10,
        0x4afc_ada4_db5f_5153, 0xd230_e0f8_e742_2f1a, 0x4c26_6602_e58a_1602, 0xf775_0d78_42cb_650e,
        0x62c0_78af_e479_5551, 0x4ab1_5168_b3c1_5967, 0x3eea_1029_99e0_2cbc, 0x9927_ec99_99f8_be08,
        0x32e2_d5b0_f43a_dbd6, 0x3a7b_c632_9026_272d, 0x6265_b27b_61ad_23c0, 0x6a0b_3665_0c59_61bf,
    ]),
    Uint([
        0x2e88_9dd9_b5c1_78cc, 0x34c1_f57b_f4ec_92ea, 0xeffb_b9eb_296a_7328, 0x6d47_e103_c6a9_7789,
        0x6852_67ba_9234_5ca5, 0x1b4d_1264_faab_cf32, 0xbb1a_c30e_f834_f9a1, 0x9dfe_bea4_1efc_ee66,
        0x83ab_064b_e459_c3e8, 0x43f8_da5c_7be9_cb28, 0xe965_f725_574d_9e7e, 0xb566_5a52_c732_e8e3,
        0x0e8b_f1b6_ae64_cba3, 0x74ba_c179_742c_e56f, 0x4c1f_7112_bdb1_1082, 0x03e2_ec82_898f_9627,
        0x6ac2_0d9e_a036_d4fd, 0xe1c7_bdf5_6296_9b6e, 0x048f_644a_508f_ecdb, 0xdd5e_9a75_214f_64c9,
        0x5830_cde3_4d0e_320f, 0x8049_ed8f_1d66_4729, 0xf46d_1e91_ef7a_44a8, 0x026b_d372_ee35_270a,
        0x8257_c67b_718b_1d43, 0x2904_c7b2_f166_35e6, 0x256c_7702_6553_e172, 0x2011_bcfa_f008_6ccb,
        0xc205_51f9_3e33_543a, 0xa70b_796d_94bc_35ac, 0x7ca8_2dc2_773b_1d84, 0x9998_d830_2930_890e,
        0xc5b4_3cdd_fe4f_9648, 0x6395_1b62_a314_1489, 0x98f1_48df_67f8_1dba, 0x0843_0c38_699e_53b4,
        0xe7ae_723f_b29a_ae44, 0x4914_53da_274c_abe2, 0xd82f_a0ca_8323_0b1e, 0x1784_3a24_8895_4954,
        0xfeeb_8d75_ccef_338c, 0x94b8_e2bd_c340_df8e, 0x42a4_7bc0_78b9_e2e3, 0xcd4e_c80d_c62b_a119,
        0x1103_58e3_6f59_0533, 0xa973_3a88_3520_c4a5, 0x091f_cb40_6360_631e, 0x1694_d2c0_e03d_21f0,
    ]),
    Uint([
        0xa621_0688_7dc3_3d26, 0x7f55_8efe_7e17_e206, 0x2158_39f9_6ac9_cff9, 0x49c9_7b3c_6daa_b002,
        0x6ff0_65f4_eeb7_107a, 0x230b_e9cb_7f79_9be3, 0xab82_87aa_c62a_cb74, 0x24c3_26be_b1bb_28f6,
        0x2964_84c8_9dfa_3914, 0x5ee6_720d_c3a2_8859, 0x33bf_270b_7dff_0733, 0x60f0_d74d_6846_6086,
        0xf5cc_037e_b20a_d21c, 0xb58c_2266_d1a7_5959, 0xdea4_9f73_a168_805d, 0x3127_78f4_33f7_edca,
        0x9345_a1cf_807a_7571, 0x2862_fc1a_bc19_0018, 0xcf9f_5497_b0fe_acad, 0x1056_397b_6ded_de1f,
        0x42c8_0c61_1474_6c77, 0x41ff_17f0_70f2_21a3, 0xc21f_5245_5b56_811d, 0x1377_4fdd_a5b1_1191,
        0x16e1_414e_1972_de64, 0x4dc6_5fd8_e475_9c80, 0xf562_b9bf_50ea_43dd, 0x8ec2_39be_8075_eba8,
        0xdc49_c046_027a_b77d, 0xa456_1ac9_7871_f862, 0x8650_d60c_147e_bf8a, 0x17fd_a66c_d068_edf7,
        0x0d09_0306_aa82_41e4, 0x0ddc_a939_0fd5_228d, 0xb596_5d76_b7cc_8330, 0xf8ac_b828_fe86_6418,
        0x6109_0c9e_f36b_47d3, 0xdc5f_1fcb_02fa_5b8c, 0x6b09_c732_42eb_7350, 0xe4ed_dcc7_486f_bbe3,
        0x4dbf_af1f_1848_ad28, 0x95fc_5142_1c14_7790, 0x3b67_cdfc_a417_3881, 0xc3bf_9932_7303_1551,
        0x8d52_4460_d920_aaab, 0xbf0d_5392_ad30_b8b5, 0x4d8e_ef22_b0ab_4f02, 0x7e88_5fa1_7283_381e,
    ]),
];
