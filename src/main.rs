//! The `lawcite` command: a few lines over the libraries.

mod arguments;
mod audit;
mod backup;
mod batch;
mod build;
mod cite;
mod configuration;
mod diff;
mod lexicon;
mod logs;
mod missed;
mod place;
mod report;
mod search;
mod serve;
mod show;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

/// Many small pieces are asked for and given back, by several threads: with the system's own a build takes a tenth longer, and a third more memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // A server's depend on its configuration.
    if !matches!(arguments.command, Command::Serve(_)) {
        logs::start();
    }
    let done = match arguments.command {
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Index(arguments) => build::run(arguments),
        Command::Search(arguments) => search::run(arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Cite(arguments) => cite::run(&arguments),
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Missed(arguments) => missed::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Backup(arguments) => backup::run(&arguments),
        Command::Restore(arguments) => backup::restore(&arguments),
        Command::Lexicon(arguments) => lexicon::run(arguments.command),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that has seen enough is no failure.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("lawcite: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |error: &std::io::Error| error.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().filter_map(|cause| cause.downcast_ref()).any(broken)
}
