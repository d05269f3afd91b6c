//! How much the law builds on a statute, and what a question makes of it.

use super::{Demand, weights};
use crate::index::tables::Tables;

/// What is known of a statute before any question.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::index) struct Authority {
    /// The logarithm of how many articles of others speak of it.
    speaking: f32,
    /// Whether it is about crimes, those who prosecute them and those who serve for them.
    is_criminal: bool,
}

impl Authority {
    /// Of a statute by its number in the tables; none for a number that is none.
    pub(in crate::index) fn of(tables: &Tables, statute: u32) -> Authority {
        let speaking = tables.authority.get(statute as usize).copied().unwrap_or(0);
        let name = tables.statutes.get(statute as usize).map_or("", String::as_str);
        Authority { speaking: (1.0 + speaking as f32).ln(), is_criminal: is_criminal(name) }
    }

    /// What it adds to an article's score for a question that demands so much. The law builds on the criminal code as much as on any, but
    /// whoever does not speak of crime does not ask about it.
    pub(in crate::index) fn worth(self, demand: &Demand) -> f32 {
        let share = if self.is_criminal && !demand.is_about_crime() { weights::CRIMINAL_AUTHORITY } else { 1.0 };
        self.speaking * weights::authority(demand.whole()) * share
    }
}

/// By what a statute is called: 刑法, 人民检察院刑事诉讼规则, 公安机关办理刑事案件程序规定, 监狱法.
fn is_criminal(name: &str) -> bool {
    ["刑", "监狱"].iter().any(|word| name.contains(word)) && !name.contains("民事")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statute_is_criminal_by_its_name() {
        for (name, expected) in [
            ("刑法", true),
            ("刑事诉讼法", true),
            ("公安机关办理刑事案件程序规定", true),
            ("人民检察院刑事诉讼规则", true),
            ("民法典", false),
            ("治安管理处罚法", false),
            ("最高人民法院关于审理人身损害赔偿案件适用法律若干问题的解释", false),
        ] {
            assert_eq!(is_criminal(name), expected, "{name}");
        }
    }
}
