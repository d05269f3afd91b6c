//! The same answers, whichever engine is asked.

use std::fs;

use lawcite_core::index::Index;

use crate::compare::{Agreement, Way, ways};
use crate::nodes::Nodes;
use crate::sources::{Sources, statute};
use crate::support::rows::rows;
use crate::support::{self, Case, root, shared_data};
use crate::{all_units, fill, folder_in, one_at_a_time};

/// Queries of each kind of syntax.
pub(crate) const QUERIES: [&str; 25] = [
    "社保",
    "who is liable for leaking 社保 data",
    "社保法92条",
    "\"滥用职权\"",
    "滥用职权 -徇私舞弊",
    "劳动合同",
    "第九十二条",
    "shehuibaoxian",
    "社會保險",
    "工伤认定 期限",
    "举报电话",
    "拖欠工资怎么办",
    "泄露个人信息要承担什么责任",
    "\"的；将应\"",
    "欺诈骗保",
    "专利",
    "〔2002〕26号",
    "劳动保障监察",
    "公司不给员工交社保，员工离职后能不能要求补缴，单位要承担什么责任？",
    "劳动、人事争议仲裁",
    "xyzzy",
    "垃圾分类",
    "人社局 住建局 人社部门 自愿放弃社保 公积金提取 没买工伤保险",
    "老板 上司 公司领导 员工 辞退 加班费 打工仔 临时工 保姆 月嫂 实习生 兼职 拖欠工资 开除 炒鱿鱼 裁员 试用期 工资条 社保卡 公积金 五险一金 生孩子 产假 病假 年假 \
     工伤 职业病 跳槽 押金 扣钱 罚款 举报 投诉 打官司 律师 法院 派出所 城管 房东 租房 中介 物业 买房 烂尾楼 邻居 噪音 借钱 欠条 高利贷 骗子",
    "法",
];

/// As long as a question may be: of many words, of two letters each, and as one.
fn long_questions() -> [String; 2] {
    let file = root("seeds/responsibility").join(format!("{}.md", support::SEED));
    let text = fs::read_to_string(file).expect("readable");
    let letters: Vec<char> = text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect();
    let spread: Vec<String> = letters.chunks(2).step_by(20).take(330).map(|pair| pair.iter().collect()).collect();
    [spread.join(" ").chars().take(1000).collect(), letters[1000..2000].iter().collect()]
}

/// Those, and the judged ones where they are at hand.
fn queries() -> Vec<String> {
    let mut queries: Vec<String> = QUERIES.map(str::to_owned).into();
    queries.extend(long_questions());
    if let Some(file) = shared_data("queries/seed-dev.jsonl") {
        let text = fs::read_to_string(file).expect("readable");
        let query = |line: &str| -> Option<String> {
            let judged: serde_json::Value = serde_json::from_str(line).ok()?;
            Some(judged["query"].as_str()?.to_owned())
        };
        queries.extend(text.lines().filter_map(query));
    }
    queries
}

#[test]
fn a_cluster_says_what_one_machine_says() {
    let _alone = one_at_a_time();
    let Some(nodes) = Nodes::start(3) else { return };
    let sources = Sources::new();
    sources.write("责任清单.md", &rows());
    let here = sources.build();
    let cluster = folder_in(&nodes, "seed");
    let filled = fill(&cluster, &sources.index());
    assert_eq!(filled.units, filled.sent);
    let there = cluster.open().expect("it was just filled");
    assert_eq!(all_units(&there), all_units(&here));

    let mut agreement = Agreement::default();
    for query in queries() {
        for (name, way) in ways() {
            agreement.ask(&here, &there, &query, name, &way);
        }
    }
    agreement.assert_complete();
    assert!(100 * agreement.same_scores >= 99 * agreement.asked, "rounding alone makes scores differ, and seldom");

    // What stands beside search.
    for statute in ["社会保险法", "劳动合同法"] {
        for article in 1..=98 {
            let article = article.to_string();
            let cited = |index: &Index| {
                let cited = index.cited_by(statute, &article, 10).expect("readable");
                (cited.total, cited.units)
            };
            assert_eq!(cited(&here), cited(&there), "{statute} {article}");
        }
    }
    for typed in ["社保法92", "劳动", "shbxf", "gongshang"] {
        let suggest = |index: &Index| index.suggest(typed, 10).expect("readable");
        assert_eq!(suggest(&here), suggest(&there), "{typed}");
    }
    let audit = |index: &Index| {
        let (header, units) = index.document(support::SEED).expect("readable").expect("it is there");
        format!("{:?}", index.resolver().audit(header, &units).expect("readable"))
    };
    assert_eq!(audit(&here), audit(&there));

    // What has changed is found as if it had always been so.
    sources.write("试验用法(2020-01-01).md", &statute(30));
    sources.write("责任清单.md", &rows().replace("车辆", "船舶"));
    let here = sources.build();
    fill(&cluster, &sources.index());
    let there = cluster.open().expect("it was just filled");
    let mut agreement = Agreement::default();
    for query in queries().iter().map(String::as_str).chain(["试验用法第三条", "船舶", "车辆"]) {
        agreement.ask(&here, &there, query, "changed", &Way::default());
    }
    for query in QUERIES {
        for (name, way) in ways() {
            agreement.ask(&here, &there, query, name, &way);
        }
    }
    agreement.assert_complete();
}

/// The whole corpus, for whoever measures: `LAWCITE_QUERIES=1000` asks so many queries.
#[test]
fn the_whole_corpus_says_the_same() {
    let Some(wanted) = std::env::var("LAWCITE_QUERIES").ok().and_then(|wanted| wanted.parse::<usize>().ok()) else {
        eprintln!("skipped: LAWCITE_QUERIES does not say how many queries to ask");
        return;
    };
    let _alone = one_at_a_time();
    let (Some(_), Some(questions)) = (shared_data("statutes"), shared_data("questions/dev.tsv")) else { return };
    let Some(nodes) = Nodes::start(3) else { return };
    let built = Case::seeds(&["../shared/data/statutes", "seeds"]).index();
    let cluster = folder_in(&nodes, "whole");
    fill(&cluster, &built.path());
    let there = cluster.open().expect("it was just filled");
    let text = fs::read_to_string(questions).expect("readable");
    let asked = text.lines().filter_map(|line| Some(line.split_once('\t')?.1.to_owned()));
    // Then names of statutes and words of articles, as keywords are.
    let names = built.index.statutes().map(|(header, _)| header.title.clone()).step_by(17);
    let citations = built.index.statutes().map(|(_, statute)| format!("{}第三条", statute.name)).step_by(31);
    let mut agreement = Agreement::default();
    for query in queries().into_iter().chain(asked).chain(names).chain(citations).take(wanted) {
        agreement.ask(&built.index, &there, &query, "as it is", &Way::default());
    }
    eprintln!("{}", agreement.differences.join("\n"));
    agreement.say();
    assert!(100 * agreement.same_hits >= 99 * agreement.asked);
    assert!(100 * agreement.same_totals >= 99 * agreement.asked);
    assert!(100 * agreement.same_facets >= 99 * agreement.asked);
}
