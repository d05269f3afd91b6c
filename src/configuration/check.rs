use anyhow::{Context, ensure};
use lawcite_search_api::links::Links;
use lawcite_search_api::{MissedQueries, Origins};

use super::Configuration;
use crate::logs;
use crate::place::Backend;

/// Address and headers of what browsers send, in bytes: with less a server would refuse nearly everyone.
const LEAST_HEADER_SIZE: usize = 8192;

impl Configuration {
    /// Whether a server can be run with it: what each value says by itself is known, but not what would only show in use.
    ///
    /// # Errors
    ///
    /// What cannot be. The message names the key.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        let limits = &self.limits;
        ensure!(
            limits.header_size >= LEAST_HEADER_SIZE,
            "`header_size` is {}, at least {LEAST_HEADER_SIZE} are needed",
            limits.header_size
        );
        ensure!(
            limits.body_time < limits.request_time,
            "`body_time` must be less than `request_time`, which includes it"
        );
        ensure!(limits.connections > 0, "`connections` is 0, so that nobody could come in");
        ensure!(limits.rate == 0 || limits.burst > 0, "`burst` is 0, so that nobody could ask");
        for (key, time) in
            [("stall_time", limits.stall_time), ("idle_time", limits.idle_time), ("header_time", limits.header_time)]
        {
            ensure!(!time.is_zero(), "`{key}` is 0, so that everyone would be cut off");
        }
        ensure!(
            self.ops_listen != Some(self.listen) || self.listen.port() == 0,
            "`ops_listen` is `listen`: give it a port of its own"
        );
        if let Some(path) = &self.missed_queries {
            MissedQueries::check(path, &self.index).context("`missed_queries`")?;
        }
        if self.backend == Backend::Opensearch {
            self.cluster.folder().context("`url`, `name`, `user`, `password_file`, `api_key_file` or `ca`")?;
        }
        logs::filter(&self.log)?;
        self.links().context("`public_url`")?;
        Origins::new(&self.allow_origin).context("`allow_origin`")?;
        Ok(())
    }

    /// The addresses that it makes links of.
    pub(crate) fn links(&self) -> anyhow::Result<Links> {
        Ok(match &self.public_url {
            Some(url) => Links::public(url)?,
            None => Links::relative(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_cannot_work_is_named() {
        assert!(Configuration::default().check().is_ok());
        let wrong: [(&str, fn(&mut Configuration)); 11] = [
            ("header_size", |it| it.limits.header_size = 100),
            ("body_time", |it| it.limits.body_time = Duration::from_secs(60)),
            ("connections", |it| it.limits.connections = 0),
            ("burst", |it| (it.limits.rate, it.limits.burst) = (5, 0)),
            ("stall_time", |it| it.limits.stall_time = Duration::ZERO),
            ("ops_listen", |it| it.ops_listen = Some(it.listen)),
            ("missed_queries", |it| it.missed_queries = Some("/nowhere/at/all".into())),
            ("log", |it| it.log = "lawcite=loud".to_owned()),
            ("log", |it| it.log = "verbose".to_owned()),
            ("public_url", |it| it.public_url = Some("law.example".to_owned())),
            ("allow_origin", |it| it.allow_origin = vec!["portal".to_owned()]),
        ];
        for (key, change) in wrong {
            let mut configuration = Configuration::default();
            change(&mut configuration);
            let error = configuration.check().expect_err(key);
            assert!(format!("{error:#}").contains(key), "{error:#}");
        }
    }
}
