//! The resolver over a few small statutes.

use std::convert::Infallible;
use std::sync::Arc;

use super::*;
use crate::citation::{NameIndex, find_mentions};
use crate::statute::{StatuteFate, StatuteHeader, Succession, SuccessionTable, Version, read_events, statute_id};
use proptest::prelude::*;

struct Corpus {
    statutes: Vec<(String, StatuteHeader, Arc<[ArticleText]>)>,
    succession: SuccessionTable,
}

impl Texts for Corpus {
    type Error = Infallible;

    fn articles(&self, document: &str) -> Result<Arc<[ArticleText]>, Infallible> {
        let found = self.statutes.iter().find(|(id, ..)| id == document);
        Ok(found.map(|(.., articles)| articles.clone()).unwrap_or_default())
    }
}

const KEEPING: &str = "国家保持街道干净。";
const THROWING: &str = "单位和个人乱扔旧纸、果皮或者其他垃圾，不听劝阻的，由环境卫生部门处以五十元罚款。";
const LIABLE: &str = "环境卫生部门工作人员在垃圾分类管理工作中滥用职权、徇私舞弊、玩忽职守的，依法给予处分。";

impl Corpus {
    fn new() -> Corpus {
        let mut corpus = Corpus { statutes: Vec::new(), succession: SuccessionTable::default() };
        for (name, version, history, articles) in [
            (
                "垃圾分类法",
                "2018-12-29",
                "2010年10月28日通过 2018年12月29日修正",
                &[("1", KEEPING), ("2", THROWING), ("4", LIABLE)][..],
            ),
            ("街道法", "2015-04-24", "2007年8月30日通过 2015年4月24日修正", &[("1", KEEPING)]),
            (
                "街道法",
                "2020-06-30",
                "2007年8月30日通过 2015年4月24日修正 2020年6月30日修订 2020年9月1日施行",
                &[("1", LIABLE)],
            ),
            (
                "垃圾分类法实施条例",
                "2012-02-01",
                "2011年12月1日通过 2012年2月1日国务院令第612号公布 2012年5月1日施行",
                &[("1", THROWING)],
            ),
            ("实施《中华人民共和国垃圾分类法》若干规定", "2011-06-29", "2011年6月29日公布", &[("1", KEEPING)]),
            ("旧纸回收办法（试行）", "2013-03-01", "2013年3月1日公布", &[("1", KEEPING)]),
            ("国务院关于旧瓶回收的规定", "1985-09-24", "1985年9月24日发布", &[("1", KEEPING)]),
            ("某省旧物办法（试行）", "2001-01-01", "", &[("1", KEEPING)]),
            ("某省旧物暂行办法", "2002-01-01", "", &[("1", KEEPING)]),
            ("新垃圾法", "2030-01-01", "2025年1月1日通过 2030年1月1日施行", &[("1", KEEPING)]),
            ("旧街道法", "1990-01-01", "1990年1月1日通过", &[("1", KEEPING)]),
            ("没有日子的办法", "", "", &[("1", KEEPING)]),
        ] {
            corpus.add(name, version, history, articles);
        }
        let ended = |fate, successor: Option<&str>, date: Option<&str>| Succession {
            fate,
            successor: successor.map(str::to_owned),
            date: date.map(str::to_owned),
        };
        corpus.succession = [
            ("旧街道法", ended(StatuteFate::Replaced, Some("街道法"), Some("2008-01-01"))),
            ("旧瓶法", ended(StatuteFate::Repealed, None, Some("2001-01-01"))),
            ("垃圾分类法（试行）", ended(StatuteFate::Replaced, Some("垃圾分类法"), Some("2011-01-01"))),
            ("垃圾管理法", ended(StatuteFate::Renamed, Some("垃圾分类法"), Some("2018-12-29"))),
            ("垃圾分类法实施条例", ended(StatuteFate::Replaced, Some("新垃圾法"), Some("2030-01-01"))),
        ]
        .into_iter()
        .collect();
        corpus
    }

    fn add(&mut self, name: &str, version: &str, history: &str, articles: &[(&str, &str)]) {
        let version = Version::from(Some(version.to_owned()).filter(|date| !date.is_empty()));
        let id = statute_id(name, &version);
        let history = read_events(history);
        let header = StatuteHeader { name: name.to_owned(), version, level: None, history, articles: 0 };
        let articles = articles.iter().map(|(key, text)| ArticleText::new(key, text)).collect();
        self.statutes.push((id, header, articles));
    }

    fn resolve(&self, text: &str, context: &CitingContext<'_>) -> Resolution {
        let catalogue = Catalogue::new(self.statutes.iter().map(|(id, header, _)| (id.as_str(), header)));
        let resolver =
            Resolver { catalogue: &catalogue, succession: &self.succession, texts: self, today: "2025-12-31" };
        let mentions = find_mentions(text, &NameIndex::empty());
        let mention = mentions.first().expect("the text cites something");
        resolver.resolve(mention, context).unwrap_or_else(|never| match never {})
    }
}

/// `outcome status ids`
fn shown(resolution: &Resolution) -> String {
    let successor = resolution.successor.iter().map(|successor| successor.name.as_deref().unwrap_or("–"));
    let parts = [resolution.outcome.name(), resolution.status.name()].into_iter();
    let ids = resolution.ids.iter().map(String::as_str);
    parts.chain(ids).chain(successor).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_citation_finds_its_statute_its_version_and_its_article() {
    const CASES: &[(&str, &str, Option<&str>, &str)] = &[
        // (what the row shows, text, when it was written, what it means)
        ("nothing said: the newest", "《垃圾分类法》第四条", None, "resolved in-force 垃圾分类法@2018-12-29/article/4"),
        (
            "the date of the version",
            "《垃圾分类法》（2018年修正）第四条",
            None,
            "resolved in-force 垃圾分类法@2018-12-29/article/4",
        ),
        (
            "a date of an earlier one",
            "《垃圾分类法》（2010年10月通过）第四条",
            None,
            "other-version amended 垃圾分类法@2018-12-29/article/4",
        ),
        (
            "a date that no line has",
            "《垃圾分类法》（2014年3月修正）第四条",
            None,
            "other-version amended 垃圾分类法@2018-12-29/article/4",
        ),
        (
            "a date after all lines",
            "《垃圾分类法》（2024年3月修正）第四条",
            None,
            "other-version in-force 垃圾分类法@2018-12-29/article/4",
        ),
        (
            "the day of 施行 that no line has",
            "《垃圾分类法》（2011年7月1日施行）第四条",
            None,
            "other-version amended 垃圾分类法@2018-12-29/article/4",
        ),
        (
            "when the text was written",
            "《垃圾分类法》第四条",
            Some("2015-07"),
            "other-version amended 垃圾分类法@2018-12-29/article/4",
        ),
        ("written since", "《垃圾分类法》第四条", Some("2019"), "resolved in-force 垃圾分类法@2018-12-29/article/4"),
        ("no such article", "《垃圾分类法》第三条", None, "article-absent in-force"),
        ("one of two", "《垃圾分类法》第二条、第三条", None, "article-absent in-force 垃圾分类法@2018-12-29/article/2"),
        (
            "paragraphs of one article",
            "《垃圾分类法》第二条第一款、第二款",
            None,
            "resolved in-force 垃圾分类法@2018-12-29/article/2",
        ),
        ("a title alone", "《垃圾分类法》", None, "resolved in-force 垃圾分类法@2018-12-29"),
        (
            "an older version that is there",
            "《街道法》（2015年修正）第一条",
            None,
            "resolved amended 街道法@2015-04-24/article/1",
        ),
        (
            "the one after the one cited",
            "《街道法》（2007年8月通过）第一条",
            None,
            "other-version amended 街道法@2015-04-24/article/1",
        ),
        ("the law of the time", "《街道法》第一条", Some("2020-08"), "resolved amended 街道法@2015-04-24/article/1"),
        ("the law since", "《街道法》第一条", Some("2020-09"), "resolved in-force 街道法@2020-06-30/article/1"),
        ("passed", "《垃圾分类法实施条例》（2011年12月通过）", None, "resolved in-force 垃圾分类法实施条例@2012-02-01"),
        (
            "in force",
            "《垃圾分类法实施条例》（2012年5月1日起施行）",
            None,
            "resolved in-force 垃圾分类法实施条例@2012-02-01",
        ),
        (
            "its order",
            "《垃圾分类法实施条例》（国务院令第612号）",
            None,
            "resolved in-force 垃圾分类法实施条例@2012-02-01",
        ),
        ("an order", "根据国务院令第612号", None, "resolved in-force 垃圾分类法实施条例@2012-02-01"),
        ("an order of nothing here", "根据国务院令第613号", None, "statute-unknown unknown"),
        ("never a part of a name", "《垃圾分类》第一条", None, "statute-unknown unknown"),
        (
            "中华人民共和国 inside a name",
            "《实施〈垃圾分类法〉若干规定》第一条",
            None,
            "resolved in-force 实施《中华人民共和国垃圾分类法》若干规定@2011-06-29/article/1",
        ),
        ("without 试行", "《旧纸回收办法》第一条", None, "resolved in-force 旧纸回收办法（试行）@2013-03-01/article/1"),
        (
            "暂行 for 试行",
            "《旧纸回收暂行办法》（2013年3月）",
            None,
            "resolved in-force 旧纸回收办法（试行）@2013-03-01",
        ),
        ("alike, of other dates", "《旧纸回收办法》（1999年修订）第一条", None, "statute-unknown unknown"),
        (
            "without its issuer",
            "《关于旧瓶回收的规定》第一条",
            None,
            "resolved in-force 国务院关于旧瓶回收的规定@1985-09-24/article/1",
        ),
        ("of another issuer", "《财政部关于旧瓶回收的规定》第一条", None, "statute-unknown unknown"),
        (
            "two that fit",
            "《某省旧物办法》第一条",
            None,
            "ambiguous unknown 某省旧物办法（试行）@2001-01-01/article/1 某省旧物暂行办法@2002-01-01/article/1",
        ),
        ("replaced, and there", "《旧街道法》第一条", None, "resolved repealed 旧街道法@1990-01-01/article/1 街道法"),
        ("repealed, and not there", "《旧瓶法》第一条", None, "statute-unknown repealed –"),
        ("replaced by one that is alike", "《垃圾分类法（试行）》第一条", None, "statute-unknown repealed 垃圾分类法"),
        ("renamed", "《垃圾管理法》第二条", None, "other-version amended 垃圾分类法@2018-12-29/article/2 垃圾分类法"),
        ("not yet in force", "《新垃圾法》第一条", None, "resolved not-yet 新垃圾法@2030-01-01/article/1"),
        ("no date known", "《没有日子的办法》第一条", None, "resolved unknown 没有日子的办法@undated/article/1"),
        ("前款 out of context", "依照前款规定", None, "unresolved unknown"),
        ("本法 out of context", "依照本法第三条", None, "unresolved unknown"),
    ];
    let corpus = Corpus::new();
    for (name, text, as_of, expected) in CASES {
        let found = corpus.resolve(text, &CitingContext { as_of: *as_of, ..CitingContext::default() });
        assert_eq!(shown(&found), *expected, "{name}");
    }
}

#[test]
fn a_statutes_own_name_means_the_version_it_stands_in() {
    let context = CitingContext { this_statute: Some("街道法@2015-04-24"), ..CitingContext::default() };
    let found = Corpus::new().resolve("依照本法第一条", &context);
    assert_eq!(shown(&found), "resolved amended 街道法@2015-04-24/article/1");
}

#[test]
fn quoted_words_are_compared_with_the_article_and_with_the_others() {
    const CASES: &[(&str, &str, &[&str], Verdict, Option<&str>)] = &[
        // (what the row shows, citation, what is quoted, verdict, where it moved to)
        (
            "a clause of the article",
            "《垃圾分类法》第四条",
            &["滥用职权、玩忽职守、徇私舞弊的"],
            Verdict::Matches,
            None,
        ),
        ("shortened", "《垃圾分类法》第二条", &["乱扔旧纸或者其他垃圾，不听劝阻的"], Verdict::Matches, None),
        (
            "clauses of two articles",
            "《垃圾分类法》第一条、第四条",
            &["保持街道干净", "徇私舞弊"],
            Verdict::Matches,
            None,
        ),
        (
            "another article has it",
            "《垃圾分类法》第二条",
            &["滥用职权、玩忽职守、徇私舞弊的"],
            Verdict::Moved,
            Some("4"),
        ),
        ("an absent article", "《垃圾分类法》第三条", &["滥用职权、玩忽职守、徇私舞弊的"], Verdict::Moved, Some("4")),
        ("about the same", "《垃圾分类法》第二条", &["单位和个人乱扔旧纸，污染水源的"], Verdict::Differs, None),
        ("another fine", "《垃圾分类法》第二条", &["乱扔旧纸、果皮不听劝阻的，处以五百元罚款"], Verdict::Differs, None),
        (
            "the same fine",
            "《垃圾分类法》第二条",
            &["乱扔旧纸、果皮不听劝阻的，处以五十元罚款"],
            Verdict::Matches,
            None,
        ),
        (
            "one of two is not there",
            "《垃圾分类法》第二条",
            &["单位和个人乱扔旧纸、果皮或者其他垃圾，不听劝阻", "砍伐林木的"],
            Verdict::Differs,
            None,
        ),
        ("nowhere", "《垃圾分类法》第二条", &["未经批准砍伐林木的"], Verdict::NotFound, None),
        ("too short to move", "《垃圾分类法》第一条", &["不听劝阻"], Verdict::NotFound, None),
    ];
    let corpus = Corpus::new();
    for (name, text, quoted, verdict, moved_to) in CASES {
        let context = CitingContext { quoted, ..CitingContext::default() };
        let found = corpus.resolve(text, &context).quotation.expect("something is quoted");
        let moved_to = moved_to.map(|key| format!("垃圾分类法@2018-12-29/article/{key}"));
        assert_eq!((found.verdict, found.moved_to), (*verdict, moved_to), "{name}");
    }
    for quoted in [&[][..], &["", "。"]] {
        let context = CitingContext { quoted, ..CitingContext::default() };
        assert_eq!(corpus.resolve("《垃圾分类法》第二条", &context).quotation, None, "nothing is quoted");
    }
}

#[test]
fn words_that_many_articles_have_are_the_nearest_ones() {
    let mut corpus = Corpus::new();
    corpus.add(
        "公园法",
        "2020-01-01",
        "",
        &[("5", LIABLE), ("9", KEEPING), ("10", LIABLE), ("11", "工作人员不得滥用职权。"), ("30", LIABLE)],
    );
    let context =
        CitingContext { quoted: &["滥用职权、徇私舞弊、玩忽职守的"], ..CitingContext::default() };
    for (cited, verdict, moved_to) in [
        ("第三十条", Verdict::Matches, None),
        ("第九条", Verdict::Moved, Some("公园法@2020-01-01/article/10")),
        ("第十一条", Verdict::Moved, Some("公园法@2020-01-01/article/10")),
        ("第六条", Verdict::Moved, Some("公园法@2020-01-01/article/5")),
    ] {
        let found = corpus.resolve(&format!("《公园法》{cited}"), &context).quotation.expect("something is quoted");
        assert_eq!((found.verdict, found.moved_to.as_deref()), (verdict, moved_to), "{cited}");
    }
}

proptest! {
    #[test]
    fn no_citation_is_too_odd(
        text in "《[旧纸瓶街道垃圾分类法办试行暂（）〈〉关于国务院\\PC]{0,12}》(（[0-9年月国务院令第号通过修正]{0,12}）)?(第[一二三]条)?",
        quoted in "\\PC{0,40}",
        as_of in "[0-9-]{0,10}",
    ) {
        if !find_mentions(&text, &NameIndex::empty()).is_empty() {
            let context = CitingContext { as_of: Some(&as_of), this_statute: Some(&text), quoted: &[&quoted] };
            Corpus::new().resolve(&text, &context);
        }
    }

    #[test]
    fn clauses_of_an_article_match_it(first in 0_usize..4, count in 1_usize..4) {
        let clauses: Vec<&str> = THROWING.split_inclusive('，').skip(first).take(count).collect();
        let quoted = clauses.concat();
        let context = CitingContext { quoted: &[&quoted], ..CitingContext::default() };
        if let Some(quotation) = Corpus::new().resolve("《垃圾分类法》第二条", &context).quotation {
            prop_assert_eq!(quotation.verdict, Verdict::Matches);
        }
    }

    #[test]
    fn the_words_of_another_article_have_moved(cited in 5_u16..200) {
        let context = CitingContext { quoted: &[THROWING], ..CitingContext::default() };
        let found = Corpus::new().resolve(&format!("《垃圾分类法》第{cited}条"), &context);
        prop_assert_eq!(found.outcome, Outcome::ArticleAbsent);
        let moved_to = found.quotation.and_then(|quotation| quotation.moved_to);
        prop_assert_eq!(moved_to.as_deref(), Some("垃圾分类法@2018-12-29/article/2"));
    }
}
