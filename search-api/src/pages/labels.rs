//! What resolutions say, in an officer's words.

use lawcite_core::citation::resolve::{Outcome, Status, Verdict};
use lawcite_core::statute::split_statute_id;

use super::language::Language;
use super::place;
use crate::links::Links;
use crate::wire::{Resolution, Successor};

/// A remark, and where it leads.
pub(super) struct Remark {
    pub(super) text: String,
    pub(super) url: Option<String>,
    /// Whether what the list prints can no longer be relied on.
    pub(super) warns: bool,
}

impl Remark {
    fn plain(text: impl Into<String>) -> Remark {
        Remark { text: text.into(), url: None, warns: false }
    }

    fn warning(text: impl Into<String>) -> Remark {
        Remark { warns: true, ..Remark::plain(text) }
    }

    fn to(self, url: String) -> Remark {
        Remark { url: Some(url), ..self }
    }
}

/// Whether a statute is in force; nothing where nothing is known.
pub(crate) fn status(t: Language, status: Status) -> &'static str {
    match status {
        Status::InForce => t.in_force(),
        Status::Amended => t.amended(),
        Status::Repealed => t.repealed(),
        Status::NotYet => t.not_yet(),
        Status::Unknown => "",
    }
}

/// What stands in a statute's place.
pub(crate) fn successor(t: Language, status: Status, successor: &Successor) -> String {
    let date = successor.date.as_ref().map(|date| t.on_date(date)).unwrap_or_default();
    match (&successor.name, status) {
        (Some(name), Status::Repealed) => t.replaced_by(name, date),
        (Some(name), _) => t.renamed_to(name, date),
        (None, _) => t.since(successor.date.as_deref().unwrap_or(t.unknown_day())),
    }
}

/// What is known of a provision that a list cites: whether its statute is in force, whether the list's words stand there,
/// and the article. Nothing where the statute is not known.
pub(super) fn check(t: Language, resolution: &Resolution, links: &Links) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let standing = match resolution.status {
        Status::Amended => t.amended_since(),
        other => status(t, other),
    };
    match resolution.outcome {
        Outcome::Ambiguous => remarks.push(Remark::plain(t.several_statutes())),
        _ if resolution.status == Status::Repealed => remarks.push(Remark::warning(standing)),
        _ if standing.is_empty() => {}
        _ => remarks.push(Remark::plain(standing)),
    }
    remarks.extend(resolution.successor.as_ref().map(|of| Remark::plain(successor(t, resolution.status, of))));
    if resolution.outcome == Outcome::ArticleAbsent {
        let is_part = !resolution.ids.is_empty();
        remarks.push(Remark::warning(if is_part { t.no_such_part() } else { t.no_such_article() }));
    }
    if let Some(quotation) = &resolution.quotation {
        remarks.push(match (quotation.verdict, quotation.moved_to.as_deref()) {
            (Verdict::Matches, _) => Remark::plain(t.words_match()),
            (Verdict::Differs, _) => Remark::warning(t.words_differ()),
            (Verdict::Moved, Some(id)) => Remark::warning(t.words_moved(place::article(id))).to(links.unit(id)),
            (Verdict::Moved | Verdict::NotFound, _) => Remark::warning(t.words_nowhere()),
        });
    }
    remarks.extend(resolution.ids.iter().map(|id| {
        let (statute, _) = id.split_once('/').unwrap_or((id, ""));
        let version = split_statute_id(statute).1.and_then(|version| version.date().map(str::to_owned));
        let version = version.map(|date| t.on_date(t.version_of(date))).unwrap_or_default();
        Remark::plain(t.see(format!("{}{version}", place::article(id)))).to(links.unit(id))
    }));
    remarks
}

/// What a citation of a text means: as [`check`], and why if it leads nowhere.
pub(super) fn meaning(t: Language, resolution: &Resolution, links: &Links) -> Vec<Remark> {
    let why = match resolution.outcome {
        Outcome::StatuteUnknown => Some(t.statute_unknown()),
        Outcome::Unresolved => Some(t.unresolved()),
        _ => None,
    };
    why.map(Remark::warning).into_iter().chain(check(t, resolution, links)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Quotation;

    #[test]
    fn a_check_says_what_became_of_a_provision() {
        let law = |place: &str| format!("LAW@2018-12-29{place}");
        let found = |outcome, status, ids: &[&str]| Resolution {
            outcome,
            ids: ids.iter().map(|place| law(place)).collect(),
            status,
            quotation: None,
            successor: None,
        };
        let quoting = |verdict, moved_to: Option<&str>, resolution| Resolution {
            quotation: Some(Quotation { verdict, moved_to: moved_to.map(law) }),
            ..resolution
        };
        let replaced = |name: Option<&str>, resolution| Resolution {
            successor: Some(Successor { name: name.map(str::to_owned), date: Some("2018-03-20".to_owned()) }),
            ..resolution
        };
        let article = &["/article/120-1"][..];
        #[rustfmt::skip]
        let cases = [
            ("in force, the same words",
             quoting(Verdict::Matches, None, found(Outcome::Resolved, Status::InForce, article)),
             "现行有效 · 文字相符 · 查看第一百二十条之一（2018-12-29文本）"),
            ("moved",
             quoting(Verdict::Moved, Some("/article/108"), found(Outcome::OtherVersion, Status::Amended, &["/article/104"])),
             "引用后法规有修改 · !所列文字现在第一百零八条 · 查看第一百零四条（2018-12-29文本）"),
            ("other words",
             quoting(Verdict::Differs, None, found(Outcome::OtherVersion, Status::Amended, article)),
             "引用后法规有修改 · !文字有出入 · 查看第一百二十条之一（2018-12-29文本）"),
            ("replaced, and no text there",
             replaced(Some("监察法"), found(Outcome::StatuteUnknown, Status::Repealed, &[])),
             "!已废止 · 由《监察法》取代（2018-03-20）"),
            ("repealed without a successor",
             replaced(None, found(Outcome::StatuteUnknown, Status::Repealed, &[])),
             "!已废止 · 自2018-03-20起"),
            ("renamed",
             replaced(Some("新名"), found(Outcome::Resolved, Status::InForce, article)),
             "现行有效 · 更名为《新名》（2018-03-20） · 查看第一百二十条之一（2018-12-29文本）"),
            ("no such article",
             found(Outcome::ArticleAbsent, Status::InForce, &[]),
             "现行有效 · !所收文本没有这一条"),
            ("nothing known", found(Outcome::StatuteUnknown, Status::Unknown, &[]), ""),
        ];
        for (name, resolution, expected) in cases {
            let remarks = check(Language::Chinese, &resolution, &Links::relative());
            let words: Vec<String> = remarks
                .iter()
                .map(|remark| format!("{}{}", if remark.warns { "!" } else { "" }, remark.text))
                .collect();
            assert_eq!(words.join(" · "), expected, "{name}");
        }
    }
}
