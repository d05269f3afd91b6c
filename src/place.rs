//! Where the index is, as the command line and the configuration say it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::{Args, ValueEnum};
use lawcite_core::index::cluster::{ClusterFolder, ConnectionOptions, Credentials};
use lawcite_core::index::{Index, IndexFolder, IndexPlace};

/// What holds the units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Backend {
    /// Files on this machine.
    #[default]
    Embedded,
    /// An OpenSearch cluster.
    Opensearch,
}

impl Backend {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Backend::Embedded => "embedded",
            Backend::Opensearch => "opensearch",
        }
    }
}

impl std::str::FromStr for Backend {
    type Err = String;

    fn from_str(name: &str) -> Result<Backend, String> {
        let backend = [Backend::Embedded, Backend::Opensearch].into_iter().find(|backend| backend.name() == name);
        backend.ok_or_else(|| "a backend is embedded or opensearch".to_owned())
    }
}

/// Where the index is.
#[derive(Args, Clone, Debug)]
pub(crate) struct PlaceArguments {
    /// The folder of the index.
    #[arg(id = "index", long, env = "LAWCITE_INDEX", default_value = "index", value_name = "DIR")]
    pub(crate) path: PathBuf,
    /// What holds the units: files on this machine, or a cluster.
    #[arg(long, env = "LAWCITE_BACKEND", default_value = "embedded", value_name = "BACKEND")]
    pub(crate) backend: Backend,
    #[command(flatten)]
    pub(crate) cluster: ClusterArguments,
}

/// A cluster, and who asks it.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
#[command(next_help_heading = "With `--backend opensearch`")]
pub(crate) struct ClusterArguments {
    /// The address of a node of the cluster; may be given again.
    #[arg(long, env = "LAWCITE_URL", value_delimiter = ',', default_value = DEFAULT_URL)]
    pub(crate) url: Vec<String>,
    /// The alias of the index in the cluster, and what the names of its indexes begin with.
    #[arg(long, env = "LAWCITE_NAME", default_value = DEFAULT_NAME)]
    pub(crate) name: String,
    /// Who asks, where the cluster wants to know.
    #[arg(long, env = "LAWCITE_USER")]
    pub(crate) user: Option<String>,
    /// The file that holds the user's password.
    #[arg(long, env = "LAWCITE_PASSWORD_FILE", value_name = "FILE", requires = "user")]
    pub(crate) password_file: Option<PathBuf>,
    /// The file that holds an API key, instead of a user.
    #[arg(long, env = "LAWCITE_API_KEY_FILE", value_name = "FILE", conflicts_with = "user")]
    pub(crate) api_key_file: Option<PathBuf>,
    /// The authority that signed the nodes' certificates (PEM), where the system does not know it.
    #[arg(long, env = "LAWCITE_CA", value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
}

const DEFAULT_URL: &str = "http://localhost:9200";
const DEFAULT_NAME: &str = "lawcite";

impl Default for ClusterArguments {
    fn default() -> ClusterArguments {
        ClusterArguments {
            url: vec![DEFAULT_URL.to_owned()],
            name: DEFAULT_NAME.to_owned(),
            user: None,
            password_file: None,
            api_key_file: None,
            ca: None,
        }
    }
}

impl PlaceArguments {
    /// Opens the generation that serves.
    pub(crate) fn open(&self) -> anyhow::Result<Index> {
        Ok(self.place()?.open()?)
    }

    pub(crate) fn place(&self) -> anyhow::Result<IndexPlace> {
        place(self.backend, &self.path, &self.cluster)
    }
}

/// The index that is meant.
pub(crate) fn place(backend: Backend, folder: &Path, cluster: &ClusterArguments) -> anyhow::Result<IndexPlace> {
    Ok(match backend {
        Backend::Embedded => IndexFolder::new(folder).into(),
        Backend::Opensearch => cluster.folder()?.into(),
    })
}

impl ClusterArguments {
    /// The index in the cluster. Nothing is sent yet.
    pub(crate) fn folder(&self) -> anyhow::Result<ClusterFolder> {
        let credentials = self.credentials()?;
        if credentials.is_some() && self.url.iter().any(|url| url.starts_with("http:")) {
            tracing::warn!("a secret is sent to the cluster without encryption: use https:// in its address");
        }
        let options = ConnectionOptions {
            urls: self.url.clone(),
            credentials,
            ca: self.ca.clone(),
            ..ConnectionOptions::default()
        };
        Ok(ClusterFolder::new(&options, &self.name)?)
    }

    fn credentials(&self) -> anyhow::Result<Option<Credentials>> {
        if let Some(file) = &self.api_key_file {
            ensure!(self.user.is_none(), "give a user or an API key, not both");
            return Ok(Some(Credentials::ApiKey(secret(file)?)));
        }
        let Some(user) = &self.user else { return Ok(None) };
        let file = self.password_file.as_deref();
        let file = file.context("a user has a password: give its file with `--password-file`")?;
        Ok(Some(Credentials::Basic { user: user.clone(), password: secret(file)? }))
    }
}

/// The first line of a file.
fn secret(file: &Path) -> anyhow::Result<String> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let line = text.lines().next().unwrap_or_default();
    ensure!(!line.is_empty(), "`{}` is empty: it should hold a password or a key", file.display());
    Ok(line.to_owned())
}
