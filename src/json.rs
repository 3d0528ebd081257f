//! JSON trees, as little of them as the flows need.
//!
//! In a browser a tree is an engine's own value, so that what an application passes in (metadata,
//! attributes) and what the service answers go through untouched and no second JSON library is
//! downloaded. Natively it is [`serde_json::Value`].

/// A JSON value of some library.
pub trait Json: Clone {
    /// An object without members.
    fn object() -> Self;

    /// A string.
    fn string(text: &str) -> Self;

    /// `null`.
    fn null() -> Self;

    /// Appends a member to an object.
    fn insert(&mut self, key: &str, value: Self);

    /// A member of an object; `None` also where the value is `null` or not an object.
    fn get(&self, key: &str) -> Option<Self>;

    /// The text of a string.
    fn as_text(&self) -> Option<String>;

    /// Whether this is `true`.
    fn is_true(&self) -> bool;

    /// The elements of an array, or nothing.
    fn elements(&self) -> Vec<Self>;

    /// The members of an object in their order, or nothing.
    fn members(&self) -> Vec<(String, Self)>;

    /// Reads the JSON text that this string is.
    fn parsed(&self) -> Option<Self>;

    /// The texts of an array, those that begin with the prefix without it; an empty array for anything else.
    fn without_prefix(&self, prefix: &str) -> Self;

    /// The text of a member.
    fn text(&self, key: &str) -> Option<String> {
        self.get(key)?.as_text()
    }

    /// Builder form of [`insert`](Self::insert); `None` adds nothing.
    #[must_use]
    fn with(mut self, key: &str, value: impl Into<Option<Self>>) -> Self {
        if let Some(value) = value.into() {
            self.insert(key, value);
        }
        self
    }

    /// [`with`](Self::with) of a string.
    #[must_use]
    fn with_text(self, key: &str, text: &str) -> Self {
        self.with(key, Self::string(text))
    }
}

impl Json for serde_json::Value {
    fn object() -> Self {
        Self::Object(serde_json::Map::new())
    }

    fn string(text: &str) -> Self {
        Self::String(text.to_owned())
    }

    fn null() -> Self {
        Self::Null
    }

    fn insert(&mut self, key: &str, value: Self) {
        if let Self::Object(members) = self {
            members.insert(key.to_owned(), value);
        }
    }

    fn get(&self, key: &str) -> Option<Self> {
        Self::get(self, key)
            .filter(|value| !value.is_null())
            .cloned()
    }

    fn as_text(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }

    fn is_true(&self) -> bool {
        *self == Self::Bool(true)
    }

    fn elements(&self) -> Vec<Self> {
        self.as_array().cloned().unwrap_or_default()
    }

    fn members(&self) -> Vec<(String, Self)> {
        let members = self.as_object().into_iter().flatten();
        members
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }

    fn parsed(&self) -> Option<Self> {
        serde_json::from_str(self.as_str()?).ok()
    }

    fn without_prefix(&self, prefix: &str) -> Self {
        let texts = self.as_array().into_iter().flatten();
        texts
            .filter_map(Self::as_str)
            .map(|text| text.strip_prefix(prefix).unwrap_or(text))
            .collect()
    }
}
