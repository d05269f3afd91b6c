use proptest::prelude::*;

use super::*;

fn words(text: &str, span: Option<Span>) -> Option<&str> {
    span.map(|span| span.slice(text))
}

/// What the row shows, text, words found, subject, consequence.
type Case = (&'static str, &'static str, &'static [&'static str], Option<&'static str>, Option<&'static str>);

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("bodies joined by 和, 、 and 及其, and persons named besides",
        "社会保险行政部门和其他有关行政部门、社会保险经办机构、社会保险费征收机构及其工作人员泄露用人单位和个人信息的，对直接负责的主管人员和其他直接责任人员依法给予处分；给用人单位或者个人造成损失的，应当承担赔偿责任。",
        &["泄露用人单位和个人信息的"],
        Some("社会保险行政部门和其他有关行政部门、社会保险经办机构、社会保险费征收机构及其工作人员"), Some("依法给予处分")),
    ("where something was done is no part of who did it",
        "国家工作人员在社会保险管理、监督工作中滥用职权、玩忽职守、徇私舞弊的，依法给予处分。", &["玩忽职守"],
        Some("国家工作人员"), Some("依法给予处分")),
    ("who imposes it heads the consequence",
        "用人单位不办理社会保险登记的，由社会保险行政部门责令限期改正；逾期不改正的，处应缴数额一倍以上三倍以下的罚款。", &["不办理社会保险登记"],
        Some("用人单位"), Some("由社会保险行政部门责令限期改正")),
    ("the part that was found has its own consequence and the sentence's subject",
        "用人单位不办理社会保险登记的，由社会保险行政部门责令限期改正；逾期不改正的，处应缴数额一倍以上三倍以下的罚款。", &["逾期不改正"],
        Some("用人单位"), Some("处应缴数额一倍以上三倍以下的罚款")),
    ("the rule broken is no subject",
        "违反本法规定，生产经营单位未按照规定报告的，责令限期改正。", &[], Some("生产经营单位"), Some("责令限期改正")),
    ("conduct alone names nobody",
        "以欺诈、伪造证明材料或者其他手段骗取社会保险待遇的，由社会保险行政部门责令退回骗取的社会保险金，处骗取金额二倍以上五倍以下的罚款。", &[],
        None, Some("由社会保险行政部门责令退回骗取的社会保险金，处骗取金额二倍以上五倍以下的罚款")),
    ("nor do bodies to which something is done",
        "强迫农民和农业生产经营组织接受有偿服务的，由有关人民政府责令改正。", &[], None, Some("由有关人民政府责令改正")),
    ("persons who are named nowhere else are the subject",
        "违反本条例规定核发许可证的，对直接负责的主管人员和其他直接责任人员依法给予处分。", &[],
        Some("直接负责的主管人员和其他直接责任人员"), Some("依法给予处分")),
    ("an item has the subject and the consequence of its head",
        "强制隔离戒毒场所的工作人员有下列行为之一的，依法给予处分；构成犯罪的，依法追究刑事责任：\n（一）侮辱、虐待、体罚强制隔离戒毒人员的；\n（二）收受、索要财物的。", &["收受、索要财物"],
        Some("强制隔离戒毒场所的工作人员"), Some("依法给予处分")),
    ("an item may name the subject",
        "违反本条例规定，有下列情形之一的，由主管部门责令限期改正：\n（一）从业人员未取得证书的；\n（二）食品经营者未公示的。", &["食品经营者未公示的"],
        Some("食品经营者"), Some("由主管部门责令限期改正")),
    ("whoever something is done to is no subject",
        "违反本法规定，有下列情形之一的，由劳动行政部门责令恢复其工作：\n（一）职工因参加工会活动而被解除劳动合同的；\n（二）其他情形。", &["职工因参加工会活动而被解除劳动合同"],
        None, Some("由劳动行政部门责令恢复其工作")),
    ("an item may say itself what follows",
        "违反本条例规定，按照下列规定处罚：\n（一）未登记的，处一百元罚款；\n（二）从事清运的企业未分类的，责令限期改正。", &["未分类"],
        Some("从事清运的企业"), Some("责令限期改正")),
    ("the paragraph that was found, not the first",
        "建设单位未取得许可证的，责令停止施工。\n施工单位弄虚作假的，吊销资质证书。", &["施工单位弄虚作假"],
        Some("施工单位"), Some("吊销资质证书")),
    ("what follows may stand in the next paragraph",
        "发包人不得将工程发包给个人。\n违反前款规定的，责令改正，处以罚款。", &["发包给个人"],
        Some("发包人"), Some("责令改正，处以罚款")),
    ("a body of a government goes on without 的",
        "县级以上人民政府教育行政部门及其工作人员有下列情形之一的，依法给予处分。", &[],
        Some("县级以上人民政府教育行政部门及其工作人员"), Some("依法给予处分")),
    ("departments named by their fields",
        "违反本法规定，县级以上人民政府卫生行政、农业行政等部门有下列行为之一，造成不良后果的，对直接负责的主管人员和其他直接责任人员给予警告。", &[],
        Some("县级以上人民政府卫生行政、农业行政等部门"), Some("给予警告")),
    ("an actor known by what it does",
        "负责审核环境影响评价文件的部门在审批中收取费用的，由其上级机关责令退还。", &[],
        Some("负责审核环境影响评价文件的部门"), Some("由其上级机关责令退还")),
    ("an activity belongs to the name of who does it",
        "生产、销售企业生产、销售假冒产品的，没收违法所得。", &[], Some("生产、销售企业"), Some("没收违法所得")),
    ("and alone it is conduct",
        "生产、销售假冒产品的，没收违法所得。", &[], None, Some("没收违法所得")),
    ("what an actor does to another one is conduct",
        "非邮政企业使用邮政企业的通信网络的，责令改正。", &[], Some("非邮政企业"), Some("责令改正")),
    ("a name may have an activity inside",
        "医疗机构管理人员收受财物的，依法给予处分。", &[], Some("医疗机构管理人员"), Some("依法给予处分")),
    ("names go on behind a comma",
        "管理专利工作的部门及其工作人员，以及其他有关国家机关及其工作人员玩忽职守的，依法给予行政处分。", &[],
        Some("管理专利工作的部门及其工作人员，以及其他有关国家机关及其工作人员"), Some("依法给予行政处分")),
    ("when something happens is no subject",
        "在施工过程中，施工单位未采取措施的，责令改正。", &[], Some("施工单位"), Some("责令改正")),
    ("conduct without 的",
        "行政复议机关不依照本法规定履行行政复议职责，对负有责任的领导人员和直接责任人员依法给予警告的处分。", &[],
        Some("行政复议机关"), Some("依法给予警告的处分")),
    ("a crime and its penalty",
        "国家工作人员犯前款罪的，处三年以下有期徒刑或者拘役；情节严重的，处三年以上七年以下有期徒刑。", &[],
        Some("国家工作人员"), Some("处三年以下有期徒刑或者拘役")),
    ("a duty has no consequence",
        "用人单位应当依法为职工缴纳社会保险费。", &["缴纳社会保险费"], None, None),
    ("a sanction that is talked about is none",
        "行政机关公务员在受处分期间受到新的处分的，其处分期为原处分期与新处分期之和。", &[], None, None),
    ("nothing", "", &["泄露"], None, None),
];

#[test]
fn articles_say_who_and_what_follows() {
    for (name, text, found, subject, consequence) in CASES {
        let liability = liability(text, found);
        assert_eq!(
            (words(text, liability.subject), words(text, liability.consequence)),
            (*subject, *consequence),
            "{name}"
        );
    }
}

#[test]
fn what_follows_besides_is_kept_apart() {
    let text = CASES[0].1;
    let found = liability(text, CASES[0].2);
    assert_eq!(words(text, found.persons), Some("直接负责的主管人员和其他直接责任人员"));
    let further: Vec<&str> = found.further.iter().map(|span| span.slice(text)).collect();
    assert_eq!(further, ["给用人单位或者个人造成损失的，应当承担赔偿责任"]);
}

/// Stretches as they are printed.
fn all<'t>(text: &'t str, spans: &[Span]) -> Vec<&'t str> {
    spans.iter().map(|span| span.slice(text)).collect()
}

#[test]
fn of_several_sentences_the_first_that_fits_speaks_and_the_others_follow() {
    let text = "饮酒后驾驶机动车的，处暂扣驾驶证。因饮酒后驾驶机动车被处罚，再次饮酒后驾驶机动车的，处十日以下拘留。\n\
        追逐竞驶的，处罚款。\n饮酒后驾驶营运机动车的，处十五日拘留；五年内不得重新取得驾驶证。";
    let found = liability(text, &["饮酒后驾驶"]);
    assert_eq!(all(text, &found.circumstances), ["饮酒后驾驶机动车的"]);
    assert_eq!(words(text, found.consequence), Some("处暂扣驾驶证"));
    assert_eq!(
        all(text, &found.further),
        ["因饮酒后驾驶机动车被处罚，再次饮酒后驾驶机动车的，处十日以下拘留", "饮酒后驾驶营运机动车的，处十五日拘留"]
    );
    let found = liability(text, &["再次", "饮酒后驾驶"]);
    assert_eq!(words(text, found.consequence), Some("处十日以下拘留"));
    assert!(found.further.is_empty());
}

#[test]
fn the_case_is_what_was_found_without_what_follows() {
    const ITEMS: &str = "用人单位有下列侵害劳动者权益情形之一的，责令支付劳动者的工资：\n（一）无故拖欠劳动者工资的；\n\
        （二）拒不支付劳动者加班工资的；\n（三）低于最低标准支付劳动者加班工资的。";
    const CASES: &[(&str, &str, &[&str], &[&str])] = &[
        // (what the row shows, text, words found, cases)
        ("the item that has most", ITEMS, &["拖欠", "工资"], &["（一）无故拖欠劳动者工资的"]),
        (
            "all items that have as much",
            ITEMS,
            &["支付", "加班工资"],
            &["（二）拒不支付劳动者加班工资的", "（三）低于最低标准支付劳动者加班工资的"],
        ),
        ("the sentence if no item has more", ITEMS, &["侵害"], &["用人单位有下列侵害劳动者权益情形之一的"]),
        (
            "conduct in two parts",
            "甲单位泄密的；或者拒绝检查的，责令改正。",
            &["泄密"],
            &["甲单位泄密的；或者拒绝检查的"],
        ),
        (
            "an item that says itself what follows",
            "按照下列规定处罚：\n（一）未登记的，处罚款；\n（二）未报告的，给予警告。",
            &["未报告"],
            &["未报告的"],
        ),
        (
            "what is forbidden, where what follows stands behind",
            "禁止下列行为：\n（一）焚烧秸秆；\n（二）倾倒垃圾。\n违反前款规定的，处罚款。",
            &["焚烧秸秆"],
            &["（一）焚烧秸秆"],
        ),
        ("none", "对违反本条例规定的单位，由主管部门责令改正。", &[], &[]),
    ];
    for (name, text, found, expected) in CASES {
        assert_eq!(all(text, &liability(text, found).circumstances), *expected, "{name}");
    }
}

#[test]
fn a_circumstance_says_what_it_says() {
    for (name, clause, subject, consequence) in [
        ("nothing but conduct", "泄露用人单位和个人信息的", None, None),
        ("its subject", "公安机关的人民警察违反规定发放身份证的", Some("公安机关的人民警察"), None),
        (
            "both",
            "劳动保障行政部门工作人员玩忽职守的，给予行政处分",
            Some("劳动保障行政部门工作人员"),
            Some("给予行政处分"),
        ),
    ] {
        let found = liability_of_clause(clause);
        assert_eq!((words(clause, found.subject), words(clause, found.consequence)), (subject, consequence), "{name}");
    }
}

/// Words of liability clauses in any order.
fn clauses() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "用人单位",
        "工作人员",
        "及其",
        "、",
        "，",
        "；",
        "。",
        "\n",
        "（一）",
        "有下列行为之一的",
        "未",
        "的",
        "对",
        "由",
        "责令改正",
        "违反本法规定",
        "依法给予处分",
        "从事",
        "负责",
        "等",
        "他人",
        " ",
        "a",
        "：",
        "前款",
        "处",
        "生产",
        "或者",
        "𠀀",
    ]);
    prop::collection::vec(word, 0..30).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn everything_is_a_stretch_of_the_text(text in prop_oneof![clauses(), any::<String>()], found in clauses()) {
        for liability in [liability(&text, &[&found]), liability(&text, &[]), liability_of_clause(&text)] {
            let parts = [liability.subject, liability.persons, liability.consequence];
            for span in parts.into_iter().flatten().chain(liability.further).chain(liability.circumstances) {
                prop_assert!(!text.get(span.range()).expect("a stretch of the text").trim().is_empty());
            }
        }
    }
}
