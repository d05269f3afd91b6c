//! The answer card over statutes and a list written for it: what is shown is what was asked about.

mod support;

use std::fs;

use lawcite_search_api::links::Links;
use lawcite_search_api::wire::{Answer, AnswerGround, SearchRequest, search};
use support::{Built, Case};

/// Articles as they are drafted everywhere, each with a trap.
const STATUTES: &[(&str, &str)] = &[
    (
        "道路管理条例",
        "第九条 饮酒后驾驶机动车的，处暂扣驾驶证。因饮酒后驾驶机动车被处罚，再次饮酒后驾驶机动车的，处十日以下拘留。

饮酒后驾驶营运机动车的，处十五日拘留；五年内不得重新取得驾驶证。

第十条 在道路上追逐的，处罚款。

有前款行为，饮酒后驾驶机动车的，从重处罚。",
    ),
    (
        "劳动管理条例",
        "第八十五条 用人单位有下列侵害劳动者合法权益情形之一的，由劳动行政部门责令限期支付劳动者的工资报酬、经济补偿：

（一）未及时足额支付劳动报酬的；

（二）克扣或者无故拖欠劳动者工资的；

（三）安排加班不支付加班费的。

第八十六条 用人单位未按时足额缴纳社会保险费的，责令限期缴纳。",
    ),
    (
        "农药经营条例",
        "第五十五条 农药经营者有下列行为之一的，由农业主管部门责令停止经营，没收违法经营的农药；构成犯罪的，依法追究刑事责任：

（一）违反本条例规定，未取得农药经营许可证经营农药；

（二）经营假农药。

第五十六条 未取得许可证从事其他活动的，予以取缔。",
    ),
];

const LIST: &str = "| 序号 | 事项名称 | 追责对象范围 | 追责情形 |
| --- | --- | --- | --- |
| 1 | 渔业捕捞许可 | 1.受理人员；2.审核人员；3.分管负责人 | 1.无故拖延受理捕捞申请的；2.滥用职权、徇私舞弊的；3.其他违反第1、2项的 |
";

fn built() -> Built {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, articles) in STATUTES {
        let text = format!(
            "# {name}\n\n2020年1月1日 第一届某省人民代表大会常务委员会第一次会议通过\n\n<!-- INFO END -->\n\n## 第一章 法律责任\n\n{articles}\n"
        );
        fs::write(folder.path().join(format!("{name}.md")), text).expect("room on the disk");
    }
    fs::write(folder.path().join("渔业局责任清单.md"), format!("# 渔业局责任清单\n\n{LIST}"))
        .expect("room on the disk");
    Case::seeds(&[folder.path().to_str().expect("a path in Unicode")]).index()
}

fn card(built: &Built, question: &str) -> Answer {
    let found = search(&built.index, &SearchRequest::new(question), &Links::relative()).expect("a readable index");
    found.answer.expect("a question about liability")
}

fn case(ground: &AnswerGround) -> String {
    ground.clause.iter().map(|segment| segment.text.as_str()).collect()
}

#[test]
fn the_first_sentence_that_fits_speaks_and_later_ones_follow_with_their_cases() {
    let card = card(&built(), "饮酒后驾驶机动车怎么处罚");
    let ground = &card.grounds[0];
    assert!(ground.unit.ends_with("/article/9"), "{card:?}");
    assert_eq!(case(ground), "饮酒后驾驶机动车的");
    assert_eq!(ground.consequence.as_deref(), Some("处暂扣驾驶证"));
    assert_eq!(
        ground.further,
        ["因饮酒后驾驶机动车被处罚，再次饮酒后驾驶机动车的，处十日以下拘留", "饮酒后驾驶营运机动车的，处十五日拘留",]
    );
}

#[test]
fn a_later_sentence_speaks_if_it_fits_better() {
    let card = card(&built(), "饮酒后驾驶营运机动车怎么处罚");
    let ground = &card.grounds[0];
    assert_eq!(case(ground), "饮酒后驾驶营运机动车的");
    assert_eq!(ground.consequence.as_deref(), Some("处十五日拘留"));
}

#[test]
fn an_article_without_what_was_asked_about_is_no_ground() {
    let built = built();
    for question in ["未按时足额支付养老金怎么追责", "用人单位未按时足额支付养老金怎么追责"]
    {
        let card = card(&built, question);
        assert_eq!((card.says, card.grounds.len()), (false, 0), "{question}: {card:?}");
    }
}

#[test]
fn the_case_is_the_item_that_has_the_words() {
    let built = built();
    for (question, article, expected) in [
        ("拖欠劳动者工资由谁承担责任", "/article/85", "（二）克扣或者无故拖欠劳动者工资的"),
        ("无证经营农药怎么处罚", "/article/55", "（一）违反本条例规定，未取得农药经营许可证经营农药"),
        ("经营假农药怎么处罚", "/article/55", "（二）经营假农药"),
    ] {
        let card = card(&built, question);
        let ground = card.grounds.first().unwrap_or_else(|| panic!("{question}: {card:?}"));
        assert!(ground.unit.ends_with(article), "{question}: {card:?}");
        assert_eq!(case(ground), expected, "{question}");
    }
}

#[test]
fn what_is_numbered_within_one_line_is_one_step_each() {
    let built = built();
    let card = card(&built, "渔业捕捞许可滥用职权由谁承担责任");
    let ground = &card.grounds[0];
    assert_eq!(ground.ladder, ["受理人员", "审核人员", "分管负责人"], "{card:?}");
    assert_eq!(case(ground), "滥用职权、徇私舞弊的");
}
