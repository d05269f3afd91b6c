//! What the command line takes. Flags come before the environment, the environment before defaults.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Args, FromArgMatches, Parser, Subcommand, ValueEnum};
use lawcite_core::audit::Finding;
use lawcite_core::unit::Kind;

use crate::configuration::{Configuration, Form, Given, SETTINGS};
use crate::place::PlaceArguments;

/// Full-text legal citation search for Chinese responsibility lists and statutes.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Serve pages and the API; build the index first where there is none.
    Serve(ServeArguments),
    /// Build the index from lists and statutes.
    Index(IndexArguments),
    /// Search the index.
    Search(SearchArguments),
    /// Show a document, a statute or a unit.
    Show(ShowArguments),
    /// Find the citations in a text.
    Cite(CiteArguments),
    /// Check what a list cites against the law of today.
    Audit(AuditArguments),
    /// Compare two lists.
    Diff(DiffArguments),
    /// Count the queries that found nothing, as `lawcite serve --missed-queries FILE` wrote them down.
    Missed(MissedArguments),
    /// Check every byte of the index against its manifest.
    Verify(VerifyArguments),
    /// Write the index to one file.
    Backup(BackupArguments),
    /// Make the index that a file holds the current one.
    Restore(RestoreArguments),
    /// Check a lexicon, or put a changed one into the index.
    Lexicon(LexiconArguments),
}

/// Where an index on this machine is.
#[derive(Args, Clone)]
pub(crate) struct IndexFolder {
    /// The folder of the index.
    #[arg(id = "index", long, env = "LAWCITE_INDEX", default_value = "index", value_name = "DIR")]
    pub(crate) path: PathBuf,
}

/// Every setting of the [configuration](crate::configuration) is a flag.
pub(crate) struct ServeArguments {
    /// A file of settings.
    pub(crate) config: Option<PathBuf>,
    /// Print what holds and where it comes from, and end.
    pub(crate) check_config: bool,
    /// What flags set, by key.
    pub(crate) given: Given,
}

impl Args for ServeArguments {
    fn augment_args(command: clap::Command) -> clap::Command {
        let config = Arg::new("config")
            .long("config")
            .env("LAWCITE_CONFIG")
            .value_name("FILE")
            .value_parser(clap::value_parser!(PathBuf))
            .help(
                "A file of settings (TOML): keys are flags with `_` for `-`. Flags and the environment come before it",
            );
        let check_config = Arg::new("check_config")
            .long("check-config")
            .action(ArgAction::SetTrue)
            .help("Print all settings and where each comes from, and end");
        let settings = SETTINGS.iter().map(|setting| {
            let default = Some(setting.default()).filter(|default| !default.is_empty());
            let default = default.map(|default| format!(" [default: {default}]")).unwrap_or_default();
            let help = setting.help.trim_end_matches('.');
            let argument = Arg::new(setting.key)
                .long(setting.flag())
                .value_name(setting.value)
                .help(format!("{help} [env: {}]{default}", setting.variable()));
            match setting.form {
                Form::One => argument,
                Form::Many => argument.action(ArgAction::Append),
                Form::Switch => argument.num_args(0..=1).require_equals(true).default_missing_value("true"),
            }
        });
        command.arg(config).arg(check_config).args(settings)
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        ServeArguments::augment_args(command)
    }
}

impl FromArgMatches for ServeArguments {
    fn from_arg_matches(matches: &ArgMatches) -> Result<ServeArguments, clap::Error> {
        let mut given = Given::new();
        for setting in SETTINGS {
            let Some(values) = matches.get_many::<String>(setting.key) else { continue };
            let values: Vec<String> = values.cloned().collect();
            (setting.set)(&mut Configuration::default(), &values).map_err(|error| {
                let message = format!("`--{}`: {error}\n", setting.flag());
                clap::Error::raw(clap::error::ErrorKind::ValueValidation, message)
            })?;
            given.insert(setting.key, values);
        }
        Ok(ServeArguments {
            config: matches.get_one::<PathBuf>("config").cloned(),
            check_config: matches.get_flag("check_config"),
            given,
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = ServeArguments::from_arg_matches(matches)?;
        Ok(())
    }
}

#[derive(Args)]
pub(crate) struct MissedArguments {
    /// The file of `lawcite serve --missed-queries FILE`.
    pub(crate) file: PathBuf,
}

#[derive(Args)]
pub(crate) struct IndexArguments {
    /// Files and folders; they become the whole content of the index.
    #[arg(default_value = "seeds", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) index: PlaceArguments,
    /// The lexicon: aliases, English terms, lay words, the segmentation dictionary.
    #[arg(long, env = "LAWCITE_LEXICON", default_value = "seeds/lexicon", value_name = "DIR")]
    pub(crate) lexicon: PathBuf,
    /// Read every source again, also those that have not changed.
    #[arg(long, env = "LAWCITE_FULL")]
    pub(crate) full: bool,
    /// With `--backend opensearch`: into how many shards a new index is divided; one answers well for a million units or two.
    #[arg(long, env = "LAWCITE_SHARDS", default_value_t = 1, value_name = "N")]
    pub(crate) shards: u32,
    /// With `--backend opensearch`: how many copies there are of each shard; with one, any node may be lost.
    #[arg(long, env = "LAWCITE_REPLICAS", default_value_t = 1, value_name = "N")]
    pub(crate) replicas: u32,
    /// Print the summary as JSON.
    #[arg(long, env = "LAWCITE_JSON")]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct SearchArguments {
    /// Words, "exact words", -without, citations in any spelling, in Chinese or English.
    #[arg(required_unless_present = "batch", conflicts_with = "batch", allow_hyphen_values = true)]
    pub(crate) query: Option<String>,
    /// Answer the queries of a file, one a line or `id<TAB>query`, one after the other; `-` reads standard input.
    #[arg(long, env = "LAWCITE_BATCH", value_name = "FILE")]
    pub(crate) batch: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) index: PlaceArguments,
    /// Only units of this kind; may be given again.
    #[arg(long, env = "LAWCITE_KIND", value_parser = kind)]
    pub(crate) kind: Vec<Kind>,
    /// How many hits at most.
    #[arg(long, env = "LAWCITE_LIMIT", default_value_t = 10)]
    pub(crate) limit: usize,
    /// Whether units with the same words are one hit.
    #[arg(long, env = "LAWCITE_COLLAPSE", default_value_t = true, action = ArgAction::Set)]
    pub(crate) collapse: bool,
    /// Whether abbreviations, English and lay words are looked up in the lexicon.
    #[arg(long, env = "LAWCITE_EXPAND", default_value_t = true, action = ArgAction::Set)]
    pub(crate) expand: bool,
    /// Say how each hit's score came about.
    #[arg(long, env = "LAWCITE_EXPLAIN", conflicts_with = "batch")]
    pub(crate) explain: bool,
    /// Print the API's JSON.
    #[arg(long, env = "LAWCITE_JSON", conflicts_with = "batch")]
    pub(crate) json: bool,
    /// The form of a batch's answers.
    #[arg(long, env = "LAWCITE_FORMAT", default_value = "jsonl", requires = "batch")]
    pub(crate) format: BatchFormat,
}

fn kind(name: &str) -> Result<Kind, String> {
    Kind::from_name(name).ok_or_else(|| format!("a kind is one of {}", Kind::ALL.map(Kind::name).join(", ")))
}

/// The form of a batch's answers.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BatchFormat {
    /// An object a query: identifiers, scores, microseconds.
    Jsonl,
    /// `qid Q0 docid rank score lawcite`, a line a hit.
    Trec,
}

#[derive(Args)]
pub(crate) struct ShowArguments {
    /// The identifier of a document, a statute or a unit; a statute's name will do: 社会保险法/article/92.
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) index: PlaceArguments,
    /// Print the API's JSON.
    #[arg(long, env = "LAWCITE_JSON")]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct CiteArguments {
    /// The text; `-` reads standard input.
    #[arg(default_value = "-")]
    pub(crate) file: PathBuf,
    /// An index, in which the citations are then looked up; its statutes' names and nicknames are found without 《》 too.
    #[arg(long, env = "LAWCITE_INDEX", value_name = "DIR")]
    pub(crate) index: Option<PathBuf>,
    /// Print objects, one a line, instead of a list for people.
    #[arg(long, env = "LAWCITE_JSON")]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct AuditArguments {
    /// The list's identifier.
    pub(crate) document: String,
    #[command(flatten)]
    pub(crate) index: PlaceArguments,
    /// Only citations of which this is found; may be given again.
    #[arg(long, env = "LAWCITE_FINDING", value_parser = finding)]
    pub(crate) finding: Vec<Finding>,
    #[command(flatten)]
    pub(crate) report: ReportArguments,
}

fn finding(name: &str) -> Result<Finding, String> {
    Finding::from_name(name)
        .ok_or_else(|| format!("a finding is one of {}", Finding::ALL.map(Finding::name).join(", ")))
}

#[derive(Args)]
pub(crate) struct DiffArguments {
    /// The earlier list's identifier.
    pub(crate) a: String,
    /// The later list's identifier.
    pub(crate) b: String,
    #[command(flatten)]
    pub(crate) index: PlaceArguments,
    #[command(flatten)]
    pub(crate) report: ReportArguments,
}

/// How a report is written.
#[derive(Args)]
pub(crate) struct ReportArguments {
    /// Print the API's JSON.
    #[arg(long, env = "LAWCITE_JSON", conflicts_with = "format")]
    pub(crate) json: bool,
    /// The form of the report.
    #[arg(long, env = "LAWCITE_FORMAT", default_value = "text")]
    pub(crate) format: ReportFormat,
    /// Write it to a file instead of standard output.
    #[arg(long, env = "LAWCITE_OUTPUT", value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// The form of a report.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people.
    Text,
    /// Comma-separated values, UTF-8 with a byte order mark.
    Csv,
    /// A workbook.
    Xlsx,
}

#[derive(Args)]
pub(crate) struct VerifyArguments {
    #[command(flatten)]
    pub(crate) index: PlaceArguments,
}

#[derive(Args)]
pub(crate) struct BackupArguments {
    /// The file that is written. One that is there is replaced when the new one is whole.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) index: IndexFolder,
}

#[derive(Args)]
pub(crate) struct RestoreArguments {
    /// The file that `lawcite backup` wrote.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) index: IndexFolder,
}

#[derive(Args)]
pub(crate) struct LexiconArguments {
    #[command(subcommand)]
    pub(crate) command: LexiconCommand,
}

#[derive(Subcommand)]
pub(crate) enum LexiconCommand {
    /// Say what is wrong with a lexicon, by file and line.
    Check(LexiconFolder),
    /// Put a changed lexicon into the index without reading any source.
    Install {
        #[command(flatten)]
        lexicon: LexiconFolder,
        #[command(flatten)]
        index: IndexFolder,
    },
}

#[derive(Args)]
pub(crate) struct LexiconFolder {
    /// The lexicon's folder.
    #[arg(env = "LAWCITE_LEXICON", default_value = "seeds/lexicon", value_name = "DIR")]
    pub(crate) path: PathBuf,
}
