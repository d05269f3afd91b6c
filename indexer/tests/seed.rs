//! The seed document: counted and read by people, and compared with that.

use std::path::Path;

use lawcite_core::citation::{MentionKind, NameIndex, find_mentions};
use lawcite_core::responsibility::{Duty, ListItem, ResponsibilityList};
use lawcite_core::unit::{Kind, Unit};
use lawcite_indexer::responsibility::parse;
use lawcite_indexer::source::{SourceText, blocks, read_source};

fn source() -> SourceText {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/responsibility/boshan-hrss-2015.md");
    read_source(&path).expect("the seed is there")
}

fn seed() -> ResponsibilityList {
    parse("boshan-hrss-2015", &blocks(&source()))
}

/// The text of a unit by its place in the document.
fn text(units: &[Unit], place: &str) -> String {
    let id = format!("boshan-hrss-2015/{place}");
    units.iter().find(|unit| unit.id == id).unwrap_or_else(|| panic!("{place} is there")).passage.text.clone()
}

#[test]
fn the_title_page_is_read() {
    let list = seed();
    assert_eq!(list.title, "淄博市博山区人力资源和社会保障局责任清单");
    assert_eq!(list.issuer.as_deref(), Some("淄博市博山区人力资源和社会保障局"));
    assert_eq!(list.date.as_deref(), Some("2015-07"));
    let parts: Vec<&str> = list.parts.iter().map(|part| part.title.text.as_str()).collect();
    assert_eq!(parts, ["部门主要职责", "部门职责边界", "事中事后监管制度", "公共服务事项", "责任追究机制"]);
}

#[test]
fn every_duty_has_its_items_citations_provisions_and_circumstances() {
    let list = seed();
    let counts = |duty: &Duty| {
        let provisions = || duty.citations.iter().flat_map(|citation| &citation.provisions);
        let circumstances = provisions().map(|provision| provision.circumstances.len()).sum::<usize>();
        (duty.items.len(), duty.citations.len(), provisions().count(), circumstances)
    };
    let counts: Vec<_> = list.duties.iter().map(counts).collect();
    assert_eq!(
        counts,
        [
            (2, 3, 4, 4),
            (2, 3, 3, 3),
            (7, 5, 6, 6),
            (5, 5, 8, 23),
            (3, 3, 3, 6),
            (2, 3, 3, 3),
            (6, 2, 2, 2),
            (7, 1, 1, 1),
            (4, 1, 1, 1),
            (6, 1, 1, 1),
            (3, 6, 6, 13)
        ]
    );
    let sum = counts.iter().fold((0, 0, 0, 0), |sum, n| (sum.0 + n.0, sum.1 + n.1, sum.2 + n.2, sum.3 + n.3));
    assert_eq!(sum, (47, 33, 38, 63));
    for (duty, no) in list.duties.iter().zip(1..) {
        assert_eq!(duty.no, Some(no));
        assert_eq!(duty.other.as_ref().expect("every duty has one").text.text, "依法应追责的其他情形。");
    }
    let mut statutes: Vec<&str> =
        list.duties.iter().flat_map(|duty| &duty.citations).map(|citation| citation.statute.as_str()).collect();
    statutes.sort_unstable();
    statutes.dedup();
    assert_eq!(statutes.len(), 29);
    assert!(list.duties.iter().flat_map(|duty| &duty.citations).all(|citation| citation.promulgation.is_some()));
}

#[test]
fn chapters_have_their_sections_items_and_paragraphs() {
    fn count(items: &[ListItem], depth: usize, counts: &mut [usize; 4]) {
        for item in items {
            let is_inline = item.ordinal.starts_with(|c| ('①'..='⑳').contains(&c));
            counts[if is_inline { 2 } else { depth }] += 1;
            counts[3] += item.paras.len();
            count(&item.items, depth + 1, counts);
        }
    }
    let list = seed();
    let mut counts = [0; 4];
    for chapter in &list.supervision {
        counts[3] += chapter.paras.len();
        assert_eq!(chapter.items, []);
        for section in &chapter.sections {
            counts[3] += section.paras.len();
            count(&section.items, 0, &mut counts);
        }
    }
    assert_eq!(list.supervision.len(), 12);
    let sections: Vec<usize> = list.supervision.iter().map(|chapter| chapter.sections.len()).collect();
    assert_eq!(sections, [6, 6, 6, 5, 6, 6, 6, 6, 6, 6, 2, 0]);
    assert_eq!(sections.iter().sum::<usize>(), 61);
    assert_eq!(counts, [147, 41, 6, 41], "items of the first and second level, inline ones, paragraphs");
}

#[test]
fn notes_boundary_services_and_accountability_are_read() {
    let list = seed();
    assert_eq!(list.notes.len(), 2);
    assert!(list.notes[1].text.text.starts_with("追责情形完整引用"));
    assert_eq!(list.boundary.as_ref().expect("there is one").text.text, "无");
    let phones: Vec<_> = list.services.iter().map(|service| service.phones.join(" ")).collect();
    assert_eq!(phones, ["0533-4251528 0533-4250907 0533-4251654", "0533-4251654", "0533-4185790", "0533-4196001"]);
    assert_eq!(list.services[1].urls, ["www.sdggcyfw.com"]);
    assert_eq!(list.accountability.len(), 8);
    let subs: Vec<_> = list.accountability.iter().flat_map(|section| &section.sections).collect();
    assert_eq!(subs.len(), 17);
    assert_eq!(subs.iter().filter(|sub| sub.ordinal.is_some()).count(), 14);
    assert!(list.accountability_preamble.as_ref().expect("there is one").text.text.starts_with("为严格追究"));
}

#[test]
fn text_cut_by_pages_is_rejoined_with_nothing_inserted() {
    let units = seed().units();
    for (place, words) in [
        ("duty/3/citation/5/article/69", "第六十九条：从事经营性职业中介活动向劳动者收取费用的。"),
        ("duty/4/citation/4/article/28", "；申请人民法院强制执行不符合规定的；"),
        ("supervision/3/section/6/para/1", "《社会保险稽核办法》(2003年2月 劳动和社会保障部令第16号)、"),
        ("supervision/5/section/5/item/1", "行政执法工作进行部署，提出监督检查的具体内容、时间进度和方法；"),
        ("supervision/7/section/6/para/1", "（2004年2月 国务院令第399号)等法律法规规章"),
        ("supervision/8", "企业实行不定时工作制和综合计算工时 工作制核准的事中事后监管"),
        ("supervision/9/section/2/item/1/item/5", "人才培养;"),
        ("supervision/9/section/6/para/1", "和《山东省劳动力市场管理条例》等相关规定进行处理。"),
        ("supervision/11/section/2/item/2/item/4", "采取有力措施支持承办单位做好案件查处工作。"),
        (
            "supervision/12/para/1",
            "已在山东省人力资源网（http://www.sdhrss.gov.cn/cm/001/001003/001003004/index_1.htm）公布。市及各区县",
        ),
    ] {
        let text = text(&units, place);
        assert!(text.contains(words), "{place}: {text}");
    }
}

#[test]
fn units_have_the_texts_that_the_contract_says() {
    let units = seed().units();
    for (place, expected) in [
        ("part/3", "事中事后监管制度"),
        ("duty/4/citation/1", "《社会保险法》（2010年10月通过）"),
        ("duty/4/citation/1/article/92", "第九十二条：泄露用人单位和个人信息的。"),
        (
            "duty/3/citation/2/article/26",
            "第二十六条第二款：违反本规定有关劳动就业服务企业领导人员产生、罢免程序规定的。",
        ),
        ("duty/1/item/1", "贯彻执行国家和省、市有关人力资源和社会保障工作的方针政策和法律、法规、规章。"),
        ("boundary", "无"),
        ("supervision/7/section/4/item/1/item/2", "学校理事会、董事会或其他决策机构成员名单；"),
        (
            "service/1",
            "提供就业信息、政策咨询和就业援助服务\n提供就业岗位信息和政策法规咨询，组织技能培训，对就业困难人员实施优先扶持和重点帮助。\n\
             区劳动就业办公室\n0533-4251528、 4250907、4251654",
        ),
        ("accountability/7", "人民法院"),
        ("accountability/7/sub/2", "追责程序。人民法院依法审理行政诉讼案件，并就行政机关应当承担的责任作出相应判决。"),
    ] {
        assert_eq!(text(&units, place), expected, "{place}");
    }
    let count = |kind: Kind| units.iter().filter(|unit| unit.kind == kind).count();
    let counts: Vec<_> =
        Kind::ALL.into_iter().map(|kind| (kind.name(), count(kind))).filter(|count| count.1 > 0).collect();
    assert_eq!(
        counts,
        [
            ("part", 5),
            ("duty", 11),
            ("item", 47),
            ("citation", 33),
            ("provision", 38),
            ("other", 11),
            ("note", 2),
            ("boundary", 1),
            ("supervision", 12 + 61 + 194 + 41),
            ("service", 4),
            ("accountability", 1 + 8 + 17),
        ]
    );
}

#[test]
fn units_are_in_the_order_of_the_document_and_below_what_they_stand_in() {
    let list = seed();
    let units = list.units();
    let first = |unit: &Unit| unit.passage.pieces[0].offset;
    let roots: Vec<u32> = units.iter().filter(|unit| unit.path.is_empty()).map(first).collect();
    assert!(roots.is_sorted());
    for unit in &units {
        for ancestor in &unit.path {
            let id = ancestor.id.as_ref().expect("all of them are units");
            assert!(unit.id.starts_with(&format!("{id}/")), "{} in {id}", unit.id);
        }
    }
    let ids: std::collections::HashSet<&str> = units.iter().map(|unit| unit.id.as_str()).collect();
    assert_eq!(ids.len(), units.len());
}

#[test]
fn every_word_stands_where_its_piece_says() {
    let source = source();
    for unit in seed().units() {
        let ends = unit.passage.pieces.iter().skip(1).map(|next| next.start as usize);
        for (piece, end) in unit.passage.pieces.iter().zip(ends.chain([unit.passage.text.len()])) {
            let words = unit.passage.text[piece.start as usize..end].trim_end_matches('\n');
            let offset = piece.offset as usize;
            assert_eq!(&source.text()[offset..offset + words.len()], words, "{}", unit.id);
            let line = 1 + source.text()[..offset].matches('\n').count();
            assert_eq!(piece.line as usize, line, "{}", unit.id);
        }
    }
}

#[test]
fn units_are_the_tree_again() {
    let list = seed();
    let rebuilt = ResponsibilityList::from_units(list.header(), &list.units()).expect("they are its units");
    assert_eq!(rebuilt, list);
}

#[test]
fn what_is_odd_is_reported() {
    let warnings: Vec<String> =
        seed().warnings.iter().map(|warning| format!("{}: {}", warning.line, warning.message)).collect();
    insta::assert_debug_snapshot!(warnings, @r#"
    [
        "209: 五、 is not the next number of its list, and is counted by its place",
    ]
    "#);
}

#[test]
fn the_tree_is_the_document() {
    insta::assert_json_snapshot!(seed());
}

#[test]
fn every_mention_of_a_statute_is_whole() {
    let mut names = Vec::new();
    for unit in seed().units() {
        let text = &unit.passage.text;
        let mentions = find_mentions(text, &NameIndex::empty());
        let named = mentions.iter().filter(|mention| mention.kind == MentionKind::Named);
        names.extend(named.map(|mention| mention.statute.clone().expect("what is named has a name")));
    }
    assert_eq!(names.len(), 100);
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 59, "{names:?}");
}
