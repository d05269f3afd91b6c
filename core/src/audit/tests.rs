//! Audits over a few small statutes.

use std::convert::Infallible;
use std::sync::Arc;

use super::*;
use crate::citation::resolve::{ArticleText, Catalogue, Resolver, Texts};
use crate::citation::{ProvisionPath, find_promulgation};
use crate::document::DocumentHeader;
use crate::statute::{StatuteFate, StatuteHeader, Succession, SuccessionTable, Version, read_events, statute_id};
use crate::text::Span;
use crate::unit::{Ancestor, Detail, Kind, Passage, Piece, Unit};

struct Corpus {
    statutes: Vec<(String, StatuteHeader, Vec<(String, String)>)>,
    succession: SuccessionTable,
}

impl Texts for Corpus {
    type Error = Infallible;

    fn articles(&self, document: &str) -> Result<Arc<[ArticleText]>, Infallible> {
        let found = self.statutes.iter().find(|(id, ..)| id == document);
        let articles = found.into_iter().flat_map(|(.., articles)| articles);
        Ok(articles.map(|(key, text)| ArticleText::new(key, text)).collect())
    }
}

impl Law for Corpus {
    fn words(&self, article: &str) -> Result<Option<String>, Infallible> {
        let (document, key) = article.split_once("/article/").unwrap_or_default();
        let found = self.statutes.iter().find(|(id, ..)| id == document);
        let mut articles = found.into_iter().flat_map(|(.., articles)| articles);
        Ok(articles.find(|(own, _)| own == key).map(|(_, text)| text.clone()))
    }
}

const KEEPING: &str = "国家保持街道干净。\n街道办事处负责本街道的垃圾分类。";
const THROWING: &str = "乱扔旧纸、果皮的，由街道办事处责令改正，处五十元罚款；情节严重的，处一百元罚款。";
const BREAKING: &str =
    "有下列行为之一的，由街道办事处责令改正，处二百元罚款：\n（一）毁坏垃圾桶的；\n（二）在垃圾桶上涂写、张贴的。";
const LIABLE: &str = "街道办事处工作人员滥用职权、徇私舞弊、玩忽职守的，依法给予处分。";

impl Corpus {
    fn new() -> Corpus {
        let mut corpus = Corpus { statutes: Vec::new(), succession: SuccessionTable::default() };
        let old_breaking = "毁坏垃圾桶，在垃圾桶上涂写、张贴的，由环境卫生部门责令改正，处三十元罚款。";
        for (name, version, history, articles) in [
            (
                "垃圾分类法",
                "2010-10-28",
                "2010年10月28日通过",
                &[
                    ("1", KEEPING),
                    ("2", "单位应当设立旧瓶回收点。"),
                    ("3", THROWING),
                    ("4", old_breaking),
                    ("5", LIABLE),
                ][..],
            ),
            (
                "垃圾分类法",
                "2018-12-29",
                "2010年10月28日通过 2018年12月29日修正",
                &[("1", KEEPING), ("2", THROWING), ("3", BREAKING), ("4", LIABLE)],
            ),
            ("旧街道法", "1990-01-01", "1990年1月1日通过", &[("1", KEEPING)]),
            ("某省旧物办法（试行）", "2001-01-01", "", &[("1", KEEPING)]),
            ("某省旧物暂行办法", "2002-01-01", "", &[("1", KEEPING)]),
        ] {
            corpus.add(name, version, history, articles);
        }
        let replaced = Succession {
            fate: StatuteFate::Replaced,
            successor: Some("街道法".to_owned()),
            date: Some("2008-01-01".to_owned()),
        };
        corpus.succession = [("旧街道法", replaced)].into_iter().collect();
        corpus
    }

    fn add(&mut self, name: &str, version: &str, history: &str, articles: &[(&str, &str)]) {
        let version = Version::Dated(version.to_owned());
        let id = statute_id(name, &version);
        let history = read_events(history);
        let header = StatuteHeader { name: name.to_owned(), version, level: None, history, articles: 0 };
        let articles = articles.iter().map(|&(key, text)| (key.to_owned(), text.to_owned())).collect();
        self.statutes.push((id, header, articles));
    }

    fn audit(&self, units: &[Unit]) -> Audit {
        let catalogue = Catalogue::new(self.statutes.iter().map(|(id, header, _)| (id.as_str(), header)));
        let resolver =
            Resolver { catalogue: &catalogue, succession: &self.succession, texts: self, today: "2025-12-31" };
        let header = DocumentHeader { id: "list".to_owned(), ..DocumentHeader::default() };
        audit(&resolver, &header, units).unwrap_or_else(|never| match never {})
    }

    fn audit_text(&self, text: &str) -> Audit {
        self.audit(&[unit("list/note/1", Kind::Note, text, Detail::Plain)])
    }
}

fn unit(id: &str, kind: Kind, text: &str, detail: Detail) -> Unit {
    let passage = Passage { text: text.to_owned(), pieces: vec![Piece { start: 0, line: 7, offset: 0 }] };
    Unit { id: id.to_owned(), kind, passage, path: Vec::new(), detail }
}

/// `finding id label`, and what differs.
fn shown(citation: &CheckedCitation) -> String {
    let Checked { finding, present, successor, difference, .. } = &citation.checked;
    let mut shown = finding.name().to_owned();
    if let Some(law) = present {
        shown += &format!(" {} {}", law.id, law.label.as_deref().unwrap_or_default());
    }
    if let Some(successor) = successor {
        shown += &format!(" by {}", successor.name.as_deref().unwrap_or_default());
    }
    if !difference.is_empty() {
        shown += ": ";
    }
    for Segment { kind, text } in difference {
        shown += &match kind {
            SegmentKind::Same => text.clone(),
            SegmentKind::Removed => format!("[-{text}-]"),
            SegmentKind::Added => format!("{{+{text}+}}"),
        };
    }
    shown.trim_end().to_owned()
}

#[test]
fn a_citation_is_compared_with_the_law_of_today() {
    const LAW: &str = "垃圾分类法@2018-12-29";
    #[rustfmt::skip]
    let cases = [
        ("word by word",
         "《垃圾分类法》第二条：乱扔旧纸、果皮的，由街道办事处责令改正，处50元罚款；情节严重的，处一百元罚款。",
         &["unchanged @/article/2 第二条"][..]),
        ("an item of a list, the others left out",
         "《垃圾分类法》第三条第（二）项：有下列行为之一的，由街道办事处责令改正，处二百元罚款：（二）在垃圾桶上涂写、张贴的。",
         &["unchanged @/article/3 第三条第（二）项"]),
        ("nothing quoted", "依据《垃圾分类法》第四条", &["found @/article/4 第四条"]),
        ("the statute alone", "依据《垃圾分类法》", &["found @"]),
        ("another fine",
         "《垃圾分类法》第二条：乱扔旧纸、果皮的，由街道办事处责令改正，处三十元罚款；情节严重的，处一百元罚款。",
         &["differs @/article/2 第二条: 乱扔旧纸、果皮的，由街道办事处责令改正，处[-三十-]{+五十+}元罚款；情节严重的，处一百元罚款。"]),
        ("half a sentence",
         "《垃圾分类法》第二条：乱扔旧纸、果皮的，由街道办事处责令改正。",
         &["differs @/article/2 第二条: 乱扔旧纸、果皮的，由街道办事处责令改正。{+处五十元罚款；+}"]),
        ("an older version is cited, of which the number is",
         "《垃圾分类法》（2010年10月通过）第五条：街道办事处工作人员滥用职权、徇私舞弊、玩忽职守的，依法给予处分。",
         &["moved @/article/4 第四条"]),
        ("moved and put in other words",
         "《垃圾分类法》第四条：毁坏垃圾桶，在垃圾桶上涂写、张贴的，由环境卫生部门责令改正，处三十元罚款。",
         &["moved @/article/3 第三条"]),
        ("no such article", "《垃圾分类法》第九条", &["absent"]),
        ("no such words", "《垃圾分类法》第二条：未经批准砍伐林木，擅自占用绿地的。", &["absent @/article/2 第二条"]),
        ("repealed", "《旧街道法》第一条", &["repealed 旧街道法@1990-01-01/article/1 第一条 by 街道法"]),
        ("not there", "《停车办法》第一条", &["not-in-corpus"]),
        ("two that fit", "《某省旧物办法》第一条", &["ambiguous"]),
        ("entries of one statute",
         "【法律】《垃圾分类法》\n  第四条：街道办事处工作人员滥用职权、徇私舞弊、玩忽职守的，依法给予处分。\n  第二条 乱扔旧纸、果皮的，由街道办事处责令改正，处五十元罚款；情节严重的，处一百元罚款。",
         &["unchanged @/article/4 第四条", "unchanged @/article/2 第二条"]),
        ("what the law's own words cite is the law's",
         "《垃圾分类法》第二条：违反《停车办法》第三条规定的。", &["absent @/article/2 第二条"]),
        ("本办法 of a list means nothing here", "本办法第三条", &[]),
    ];
    for (name, text, expected) in cases {
        let audit = Corpus::new().audit_text(text);
        let found: Vec<String> = audit.citations.iter().map(|citation| shown(citation).replace(LAW, "@")).collect();
        // What is in other words is marked; that it is, is enough here.
        let found: Vec<&str> = found
            .iter()
            .map(|found| if found.starts_with("moved") { found.split(':').next().unwrap_or_default() } else { found })
            .collect();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn a_ground_is_compared_by_its_circumstances() {
    let statute = "垃圾分类法".to_owned();
    let promulgation = Some(find_promulgation("2010年10月通过"));
    let ground = unit(
        "list/duty/1/citation/1",
        Kind::Citation,
        "《垃圾分类法》（2010年10月通过）",
        Detail::Citation { statute: statute.clone(), promulgation },
    );
    let provision = |article: u16, label: &str, circumstance: &str| {
        let start = label.len() + "：".len();
        let detail = Detail::Provision {
            statute: statute.clone(),
            path: ProvisionPath::article(article),
            label: Span::new(0, label.len()),
            circumstances: vec![Span::new(start, start + circumstance.len())],
        };
        let mut provision = unit(
            &format!("list/duty/1/citation/1/article/{article}"),
            Kind::Provision,
            &format!("{label}：{circumstance}。"),
            detail,
        );
        let ancestor = |id: &str, label: &str| Ancestor { id: Some(id.to_owned()), label: label.to_owned() };
        provision.path = vec![
            ancestor("list/duty/1", "负责垃圾分类"),
            ancestor("list/duty/1/citation/1", "《垃圾分类法》（2010年10月通过）"),
        ];
        provision
    };
    let audit = Corpus::new().audit(&[
        ground,
        provision(5, "第五条", "滥用职权、玩忽职守、徇私舞弊的"),
        provision(4, "第四条", "滥用职权、玩忽职守、徇私舞弊的"),
    ]);
    let found: Vec<(String, Option<u32>, Option<&str>)> = audit
        .citations
        .iter()
        .map(|citation| (shown(citation), citation.place.line, citation.heading.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            ("moved 垃圾分类法@2018-12-29/article/4 第四条".to_owned(), Some(7), Some("负责垃圾分类")),
            ("unchanged 垃圾分类法@2018-12-29/article/4 第四条".to_owned(), Some(7), Some("负责垃圾分类")),
        ]
    );
    let totals = audit.totals();
    assert_eq!((totals.citations, totals.findings[&Finding::Moved]), (2, 1));
}

#[test]
fn faults_of_drafting_are_named_with_what_should_stand_there() {
    for (name, text, expected) in [
        ("nothing wrong", "依据《垃圾分类法》第一条第二款、第三条第（一）项，以及国发〔2011〕48号", &[][..]),
        ("one paragraph", "依据《垃圾分类法》第二条第一款", &["single-paragraph 第二条第一款 → 第二条"]),
        ("no such paragraph", "依据《垃圾分类法》第一条第三款", &["no-such-paragraph 第一条第三款"]),
        ("no such item", "依据《垃圾分类法》第三条第（五）项", &["no-such-item 第三条第（五）项"]),
        ("twice", "依据《垃圾分类法》第一条、第三条、第一条", &["repeated-provision 第一条"]),
        (
            "a document number",
            "依据《关于街道的通知》（鲁发[2011]第05号）",
            &[
                "document-number-brackets 鲁发[2011]第05号 → 鲁发〔2011〕5号",
                "document-number-ordinal 鲁发[2011]第05号 → 鲁发〔2011〕5号",
                "document-number-zeros 鲁发[2011]第05号 → 鲁发〔2011〕5号",
            ],
        ),
        ("a numeral", "依据《垃圾分类法》第二一条", &["ill-formed-numeral 第二一条 → 第二十一条"]),
        (
            "nearly a title",
            "依据《某省旧货办法（试行）》第一条",
            &["near-title 《某省旧货办法（试行）》 → 《某省旧物办法（试行）》"],
        ),
        ("a title mark", "依据《垃圾分类法》》第一条", &["unpaired-title-mark 依据《垃圾分类法》》"]),
    ] {
        let audit = Corpus::new().audit_text(text);
        let shown = |fault: &Fault| {
            let instead = fault.instead.as_ref().map(|instead| format!(" → {instead}")).unwrap_or_default();
            format!("{} {}{instead}", fault.rule.name(), fault.words)
        };
        assert_eq!(audit.faults.iter().map(shown).collect::<Vec<_>>(), expected, "{name}");
    }
}
