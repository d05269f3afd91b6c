//! The `lawcite` command.

fn main() -> anyhow::Result<()> {
    Ok(())
}
