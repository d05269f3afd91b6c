//! What holds of whatever lawcite is given, over texts made of the pieces that its readers look for, and over what once broke it.

use lawcite_properties::{citations, highlights, lists, queries, requests, statutes};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Found by `scripts/fuzz`: the property, and the least that broke it.
const ONCE_BROKEN: &[(fn(&str), &str)] = &[
    // The comment that ends a head was read by half, and its first half taken for the title.
    (|text| statutes(text.as_bytes()), "<!-- INFO END -->\n"),
    (|text| statutes(text.as_bytes()), "<!--\nINFO END\n-->\n第一条 甲。"),
    // What programs put before a text was looked for in the head alone, and then in all of the text.
    (|text| statutes(text.as_bytes()), "---\n甲\n<!-- INFO END -->\n---\n乙"),
    // An identifier that is no text was refused in words of the framework's.
    (requests, "/api/v1/documents/boshan%FF/audit"),
    (requests, "/audit/boshan%FF"),
];

#[test]
fn what_once_broke_a_promise_does_no_more() {
    for (property, input) in ONCE_BROKEN {
        property(input);
    }
}

/// What citations are made of.
const CITING: &[&str] = &[
    "《",
    "》",
    "〈",
    "〉",
    "<",
    "第",
    "条",
    "款",
    "项",
    "之",
    "一",
    "十",
    "百",
    "3",
    "（",
    "）",
    "〔",
    "〕",
    "2011",
    "号",
    "令",
    "年",
    "月",
    "本",
    "法",
    "条例",
    "前",
    "至",
    "、",
    "和",
    "：",
    "“",
    "”",
    "。",
    "\n",
    " ",
    "社保法",
    "实施",
    "省",
    "办法",
    "以下简称",
    "国务院",
    "章",
    "修正",
    "😀",
    "甲",
];

/// What sources are made of besides.
const LAID_OUT: &[&str] = &[
    "责任清单\n",
    "\n",
    "\n\n",
    "# ",
    "## ",
    "- ",
    "一、",
    "（一）",
    "1. ",
    "①",
    "注：",
    "；",
    "，",
    "第一条 ",
    "第二条 ",
    "第一章 ",
    "附件",
    "目录\n",
    "| 序号 | 主要职责 | 具体责任事项 | 追责依据及追责情形 |\n",
    "| 序号 | 事项名称 | 实施依据 | 责任事项 |\n",
    "| ",
    " |\n",
    "<p>",
    "</p>",
    "<table><tr><td>",
    "</td><td rowspan=2>",
    "</td></tr></table>",
    "<html>",
    "<br>",
    "<!-- INFO END -->\n",
    "**",
    "\u{feff}",
    "\t",
    "\u{3000}",
    "\0",
    "\r\n",
    "{\"id\": \"1\", \"law\": \"甲法\", \"article\": \"第一条\", \"text\": \"甲\"}\n",
    "0533-4251528",
    "事中事后监管制度",
    "具体责任事项：",
    "追责依据：",
];

/// What queries are made of besides.
const ASKED: &[&str] = &[
    "\"",
    "-",
    "“",
    "”",
    "谁",
    "怎么",
    "负责",
    "泄露",
    "信息",
    "社保",
    "老板",
    "工资",
    "帳簿",
    "leak",
    "social insurance",
    "who",
    "shehui",
    "shebao",
    "zzz",
    "§",
    "article 92",
    "Order No. 364",
    "92条",
    "的",
    "？",
    "，",
    "％",
    "\u{200b}",
    "ß",
    "İ",
    "ﬀ",
    "é",
    "\u{301}",
    "\u{fffd}",
];

/// What addresses are made of besides.
const ADDRESSED: &[&str] = &[
    "/",
    "?",
    "&",
    "=",
    "+",
    "%FF",
    "%2F",
    "%3Cplanted",
    "%22",
    "%00",
    "%",
    "api",
    "v1",
    "search",
    "suggest",
    "documents",
    "units",
    "statutes",
    "articles",
    "citations",
    "resolve",
    "diff",
    "d",
    "s",
    "audit",
    "cite",
    "export",
    "search.csv",
    "q",
    "kind",
    "provision",
    "document",
    "statute",
    "article",
    "version",
    "all",
    "limit",
    "offset",
    "100",
    "99999999999999999999",
    "expand",
    "false",
    "explain",
    "true",
    "format",
    "xlsx",
    "lang",
    "boshan-hrss-2015",
    "duty",
    "4",
    "%E7%A4%BE%E4%BF%9D",
    "without",
    "finding",
    "moved",
    "v",
    "1a2b3c4d-note-2",
];

/// Up to `most` pieces of these kinds, and other characters among them.
fn text(kinds: &[&'static [&'static str]], most: usize) -> impl Strategy<Value = String> + use<> {
    let pieces = select(kinds.concat()).prop_map(str::to_owned);
    vec(prop_oneof![8 => pieces, 1 => "\\PC{1,3}"], 0..most).prop_map(|pieces| pieces.concat())
}

fn request() -> impl Strategy<Value = String> {
    const ROUTES: &[&str] = &[
        "/",
        "/?q=",
        "/api/v1/search?q=",
        "/api/v1/suggest?q=",
        "/api/v1/documents/",
        "/api/v1/documents?",
        "/api/v1/units/",
        "/api/v1/statutes?",
        "/api/v1/statutes/",
        "/api/v1/citations/resolve?q=",
        "/api/v1/citations/extract\n",
        "/api/v1/diff?a=",
        "/d/",
        "/s/",
        "/audit/",
        "/diff?",
        "/cite\ntext=",
        "/export/search.csv?q=",
        "/export/d/",
        "/widget/",
    ];
    (select(ROUTES), text(&[ADDRESSED], 12)).prop_map(|(route, rest)| format!("{route}{rest}"))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_list_is_read(text in text(&[CITING, LAID_OUT], 120)) {
        lists(text.as_bytes());
    }

    #[test]
    fn any_statute_is_read(text in text(&[CITING, LAID_OUT], 120)) {
        statutes(text.as_bytes());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..400)) {
        lists(&bytes);
        statutes(&bytes);
    }

    #[test]
    fn citations_of_any_text_are_stretches_of_it(text in text(&[CITING], 60)) {
        citations(&text);
    }

    #[test]
    fn any_query_is_answered(text in text(&[CITING, ASKED], 60)) {
        queries(&text);
    }

    #[test]
    fn any_text_is_marked_as_it_is_printed(query in text(&[CITING, ASKED], 12), text in text(&[CITING, ASKED], 60)) {
        highlights(&format!("{query}\n{text}"));
    }

    #[test]
    fn any_request_is_answered(input in request()) {
        requests(&input);
    }
}
