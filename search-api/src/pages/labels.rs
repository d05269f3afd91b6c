//! What resolutions say, in an officer's words.

use lawcite_core::citation::resolve::{Outcome, Status, Verdict};
use lawcite_core::statute::split_statute_id;
use lawcite_core::text::chinese_numeral;

use crate::links::Links;
use crate::wire::{Resolution, Successor};

/// A remark, and where it leads.
pub(super) struct Remark {
    pub(super) text: String,
    pub(super) url: Option<String>,
}

impl Remark {
    fn plain(text: impl Into<String>) -> Remark {
        Remark { text: text.into(), url: None }
    }
}

/// Whether a statute is in force; nothing where nothing is known.
pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::InForce => "现行有效",
        Status::Amended => "已有修改",
        Status::Repealed => "已废止",
        Status::NotYet => "尚未施行",
        Status::Unknown => "",
    }
}

/// What stands in a statute's place.
pub(super) fn successor(status: Status, successor: &Successor) -> String {
    let date = successor.date.as_ref().map(|date| format!("（{date}）")).unwrap_or_default();
    match (&successor.name, status) {
        (Some(name), Status::Repealed) => format!("由《{name}》取代{date}"),
        (Some(name), _) => format!("更名为《{name}》{date}"),
        (None, _) => format!("自{}起", successor.date.as_deref().unwrap_or("不详之日")),
    }
}

/// What is known of a provision that a list cites: whether its statute is in force, whether the list's words stand there,
/// and the article. Nothing where the statute is not known.
pub(super) fn check(resolution: &Resolution, links: &Links) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let standing = match resolution.status {
        Status::Amended => "引用后法规有修改",
        other => status(other),
    };
    match resolution.outcome {
        Outcome::Ambiguous => remarks.push(Remark::plain("有几部法规同名")),
        _ if standing.is_empty() => {}
        _ => remarks.push(Remark::plain(standing)),
    }
    remarks.extend(resolution.successor.as_ref().map(|of| Remark::plain(successor(resolution.status, of))));
    if resolution.outcome == Outcome::ArticleAbsent {
        remarks.push(Remark::plain("所收文本没有这一条"));
    }
    if let Some(quotation) = &resolution.quotation {
        remarks.push(match (quotation.verdict, quotation.moved_to.as_deref()) {
            (Verdict::Matches, _) => Remark::plain("文字相符"),
            (Verdict::Differs, _) => Remark::plain("文字有出入"),
            (Verdict::Moved, Some(id)) => {
                Remark { text: format!("所列文字现在{}", place(id)), url: Some(links.unit(id)) }
            }
            (Verdict::Moved | Verdict::NotFound, _) => Remark::plain("所收文本中没有这些文字"),
        });
    }
    remarks.extend(resolution.ids.iter().map(|id| {
        let (statute, _) = id.split_once('/').unwrap_or((id, ""));
        let version = split_statute_id(statute).1.and_then(|version| version.date().map(str::to_owned));
        let version = version.map(|date| format!("（{date}文本）")).unwrap_or_default();
        Remark { text: format!("查看{}{version}", place(id)), url: Some(links.unit(id)) }
    }));
    remarks
}

/// 第九十二条 for an article's identifier, the name for a statute's.
fn place(id: &str) -> String {
    let (statute, place) = id.split_once('/').unwrap_or((id, ""));
    let number = place.strip_prefix("article/").and_then(|key| key.split('~').next());
    let Some(number) = number else { return format!("《{}》", split_statute_id(statute).0) };
    let (article, suffix) = number.split_once('-').unwrap_or((number, ""));
    let numeral = |digits: &str| digits.parse().map_or_else(|_| digits.to_owned(), chinese_numeral);
    let suffix = if suffix.is_empty() { String::new() } else { format!("之{}", numeral(suffix)) };
    format!("第{}条{suffix}", numeral(article))
}
