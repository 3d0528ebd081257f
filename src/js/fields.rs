//! Upstream's instance fields, which applications read and write.

/// Writes a getter and a setter over a `RefCell<JsValue>` for each field. Setters take `&self`, so that
/// code which a method calls back may use them while the method runs.
macro_rules! fields {
    ($class:ident { $($field:ident, $setter:ident: $name:literal;)* }) => {
        #[wasm_bindgen]
        impl $class {
            $(
                #[doc = concat!("The field `", $name, "`.")]
                #[wasm_bindgen(getter, js_name = $name)]
                pub fn $field(&self) -> JsValue {
                    self.$field.borrow().clone()
                }

                #[doc = concat!("Replaces the field `", $name, "`.")]
                #[wasm_bindgen(setter, js_name = $name)]
                pub fn $setter(&self, value: JsValue) {
                    self.$field.replace(value);
                }
            )*
        }
    };
}

pub(super) use fields;
