//! The API model as it lies in the repository.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context as _, Result};
use indexmap::IndexMap;
use serde::{Deserialize, de::DeserializeOwned};

/// The whole API: `cognito-idp.json`, with `observed.json` laid over it.
pub struct Model {
    pub operations: BTreeMap<String, Operation>,
    pub shapes: BTreeMap<String, Shape>,
    /// Errors that the service's front answers and its model does not list.
    pub front_errors: BTreeMap<String, FrontError>,
}

#[derive(Deserialize)]
pub struct Operation {
    pub auth: String,
    pub input: String,
    pub output: Option<String>,
}

#[derive(Deserialize)]
pub struct Shape {
    #[serde(rename = "type")]
    pub kind: Kind,
    #[serde(default)]
    pub members: IndexMap<String, Member>,
    #[serde(default)]
    pub required: BTreeSet<String>,
    #[serde(default, rename = "enum")]
    pub values: Vec<String>,
    #[serde(default)]
    pub sensitive: bool,
    #[serde(default)]
    pub exception: bool,
    #[serde(default)]
    pub fault: bool,
    #[serde(default)]
    pub document: bool,
    pub member: Option<String>,
    pub key: Option<String>,
    pub value: Option<String>,
    pub min: Option<u64>,
    pub max: Option<u64>,
    pub pattern: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    String,
    Boolean,
    Integer,
    Long,
    Timestamp,
    Blob,
    List,
    Map,
    Structure,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub enum Member {
    Plain(String),
    Annotated { shape: String },
}

#[derive(Deserialize)]
pub struct FrontError {
    pub status: u16,
}

#[derive(Deserialize)]
struct ModelFile {
    operations: BTreeMap<String, Operation>,
    shapes: BTreeMap<String, Shape>,
}

/// What the service was observed, or says, to do beyond its model.
#[derive(Deserialize)]
struct ObservedFile {
    operations: BTreeMap<String, ObservedOperation>,
    shapes: BTreeMap<String, ObservedConstraints>,
    errors: BTreeMap<String, FrontError>,
}

#[derive(Deserialize)]
struct ObservedOperation {
    auth: String,
}

#[derive(Deserialize)]
struct ObservedConstraints {
    min: Option<u64>,
    pattern: Option<String>,
    /// Values beside those of the model.
    #[serde(default, rename = "enum")]
    values: Vec<String>,
}

impl Model {
    /// Reads the folder of the model.
    pub fn read(folder: &Path) -> Result<Self> {
        let ModelFile {
            mut operations,
            mut shapes,
        } = read_json(&folder.join("cognito-idp.json"))?;
        let observed: ObservedFile = read_json(&folder.join("observed.json"))?;
        for (name, ObservedOperation { auth }) in observed.operations {
            operations
                .get_mut(&name)
                .with_context(|| format!("observed operation {name}"))?
                .auth = auth;
        }
        for (name, constraints) in observed.shapes {
            let shape = shapes
                .get_mut(&name)
                .with_context(|| format!("observed shape {name}"))?;
            shape.min = constraints.min.or(shape.min);
            shape.pattern = constraints.pattern.or(shape.pattern.take());
            shape.values.extend(constraints.values);
        }
        Ok(Self {
            operations,
            shapes,
            front_errors: observed.errors,
        })
    }

    /// The shape of a name that the model itself mentions.
    #[expect(
        clippy::indexing_slicing,
        reason = "a model that names a shape it lacks cannot be worked with"
    )]
    pub fn shape(&self, name: &str) -> &Shape {
        &self.shapes[name]
    }

    /// The names of all shapes that the inputs of the operations reach.
    pub fn input_shapes(&self) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&str> = self
            .operations
            .values()
            .map(|operation| operation.input.as_str())
            .collect();
        while let Some(name) = open.pop() {
            if reached.insert(name) {
                open.extend(self.shape(name).references());
            }
        }
        reached
    }
}

impl Shape {
    /// The names of the shapes this one is made of.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        let members = self.members.values().map(Member::shape);
        members.chain(
            [&self.member, &self.key, &self.value]
                .into_iter()
                .flatten()
                .map(String::as_str),
        )
    }
}

impl Member {
    /// The name of the member's shape.
    pub fn shape(&self) -> &str {
        match self {
            Self::Plain(shape) | Self::Annotated { shape } => shape,
        }
    }
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}
