//! Where a statute stands in the order of norms.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The level of a statute, highest first (《立法法》).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// 宪法 and its amendments.
    #[serde(rename = "宪法")]
    Constitution,
    /// 法律: of the National People's Congress or its Standing Committee.
    #[serde(rename = "法律")]
    Law,
    /// 行政法规: of the State Council.
    #[serde(rename = "行政法规")]
    AdministrativeRegulation,
    /// 监察法规: of the National Commission of Supervision.
    #[serde(rename = "监察法规")]
    SupervisionRegulation,
    /// 司法解释: of the Supreme Court or the Supreme Procuratorate.
    #[serde(rename = "司法解释")]
    JudicialInterpretation,
    /// 地方性法规: of a people's congress of a province, a city or an autonomous area.
    #[serde(rename = "地方性法规")]
    LocalRegulation,
    /// 部门规章: of a ministry.
    #[serde(rename = "部门规章")]
    DepartmentalRule,
    /// 地方政府规章: of a local government.
    #[serde(rename = "地方政府规章")]
    LocalRule,
}

impl Level {
    /// Every level, highest first.
    pub const ALL: [Level; 8] = [
        Level::Constitution,
        Level::Law,
        Level::AdministrativeRegulation,
        Level::SupervisionRegulation,
        Level::JudicialInterpretation,
        Level::LocalRegulation,
        Level::DepartmentalRule,
        Level::LocalRule,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Level::Constitution => "宪法",
            Level::Law => "法律",
            Level::AdministrativeRegulation => "行政法规",
            Level::SupervisionRegulation => "监察法规",
            Level::JudicialInterpretation => "司法解释",
            Level::LocalRegulation => "地方性法规",
            Level::DepartmentalRule => "部门规章",
            Level::LocalRule => "地方政府规章",
        }
    }

    /// The level that a collection calls so: by its name, or by a branch of the law, which only laws have.
    pub fn from_name(name: &str) -> Option<Level> {
        const BRANCHES: &[&str] = &[
            "宪法相关法",
            "民法典",
            "民法商法",
            "民商法",
            "民法",
            "商法",
            "行政法",
            "经济法",
            "社会法",
            "刑法",
            "诉讼与非诉讼程序法",
            "程序法",
        ];
        const OTHER_NAMES: &[(&str, Level)] = &[
            ("地方法规", Level::LocalRegulation),
            ("地方规章", Level::LocalRule),
            ("规章", Level::DepartmentalRule),
            ("部委规章", Level::DepartmentalRule),
        ];
        let named = Level::ALL.into_iter().find(|level| level.name() == name);
        let other = || OTHER_NAMES.iter().find(|(other, _)| *other == name).map(|&(_, level)| level);
        named.or_else(other).or_else(|| BRANCHES.contains(&name).then_some(Level::Law))
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
