//! What is found in a text: tables by form, then laws that hold for any text.

use proptest::prelude::*;

use super::*;

fn names() -> NameIndex {
    NameIndex::new([
        ("刑法", "刑法"),
        ("公务员法", "公务员法"),
        ("社会保险法", "社会保险法"),
        ("社保法", "社会保险法"),
        ("劳动合同法", "劳动合同法"),
        ("劳动合同法实施条例", "劳动合同法实施条例"),
        ("劳动保障监察条例", "劳动保障监察条例"),
        ("劳务派遣规定", "劳务派遣暂行规定"),
        ("附则", "附则"),
    ])
}

/// `kind words → statute places`, as in `named 《劳动法》第三条 → 劳动法 3`.
fn shown(text: &str, context: &Context<'_>) -> Vec<String> {
    find_mentions_in(text, &names(), context)
        .iter()
        .map(|mention| {
            let mut line = format!("{} {} →", mention.kind.name(), mention.text(text).replace('\n', "⏎"));
            for part in [&mention.statute, &mention.number].into_iter().flatten() {
                line += &format!(" {part}");
            }
            for division in &mention.divisions {
                line += &format!(" {division}");
            }
            for provision in &mention.provisions {
                let path = provision.path;
                line += &format!(" {}", path.article_key());
                line += &below(PartPath::of(path));
            }
            for part in &mention.parts {
                line += &format!(" {}", below(*part));
            }
            line
        })
        .collect()
}

fn below(part: PartPath) -> String {
    let levels = [(".", part.paragraph), ("#", part.item), ("/", part.subitem)];
    levels.into_iter().filter_map(|(sign, number)| Some(format!("{sign}{}", number?))).collect()
}

fn check(rows: &[(&str, &str, &[&str])]) {
    for (name, text, expected) in rows {
        assert_eq!(shown(text, &Context::default()), *expected, "{name}");
    }
}

#[test]
fn a_title_its_parenthesis_and_its_provisions_are_one_mention() {
    check(&[
        ("a title alone", "依据《劳动法》等", &["named 《劳动法》 → 劳动法"]),
        (
            "with all of it",
            "《中华人民共和国社会保险法》（2010年10月通过）第九十二条：泄露的。",
            &["named 《中华人民共和国社会保险法》（2010年10月通过）第九十二条 → 社会保险法 92"],
        ),
        (
            "blanks and a line break between",
            "《劳动法》 （1994年7月通过）\n第一百零三条",
            &["named 《劳动法》 （1994年7月通过）⏎第一百零三条 → 劳动法 103"],
        ),
        ("a paragraph ends it", "《劳动法》\n\n第三条：", &["named 《劳动法》 → 劳动法", "carried 第三条 → 劳动法 3"]),
        (
            "two parentheses",
            "《消防法》（2008年修订）（主席令第6号）第三条",
            &["named 《消防法》（2008年修订）（主席令第6号）第三条 → 消防法 3"],
        ),
        ("（试行） behind", "《工作规则》（试行）第三条", &["named 《工作规则》（试行）第三条 → 工作规则 3"]),
        ("（试行） inside", "《工作规则(试行)》第三条", &["named 《工作规则(试行)》第三条 → 工作规则（试行） 3"]),
        (
            "a parenthesis about something else",
            "《劳动法》（以上称谓略）第三条",
            &["named 《劳动法》（以上称谓略）第三条 → 劳动法 3"],
        ),
        (
            "sentences in the parenthesis",
            "《劳动法》（1994年7月5日通过，自1995年1月1日起施行。2018年12月29日修正。）\n    第三条：甲",
            &["named 《劳动法》（1994年7月5日通过，自1995年1月1日起施行。2018年12月29日修正。）⏎    第三条 → 劳动法 3"],
        ),
        (
            "titles in the parenthesis",
            "《劳动法》（根据《关于修改〈工会法〉的决定》修正）第三条",
            &["named 《劳动法》（根据《关于修改〈工会法〉的决定》修正）第三条 → 劳动法 3"],
        ),
        (
            "a parenthesis that is never closed ends with its line",
            "《劳动法》（1994年7月5日通过\n第三条：（一）甲；（二）乙。）",
            &["named 《劳动法》（1994年7月5日通过⏎第三条 → 劳动法 3"],
        ),
        (
            "and before an article",
            "《劳动法》（1994年7月5日通过 第三条：甲",
            &["named 《劳动法》（1994年7月5日通过 第三条 → 劳动法 3"],
        ),
        ("a parenthesis that counts", "依据《劳动法》（一）甲；（二）乙", &["named 《劳动法》 → 劳动法"]),
        ("a parenthesis that says a year", "《劳动法》(2018)第三条", &["named 《劳动法》(2018)第三条 → 劳动法 3"]),
        ("a bare name's parenthesis", "公务员法（下同）", &["bare 公务员法 → 公务员法"]),
        (
            "one 》 too many",
            "《劳动监察办法》》（2019年4月）第四条",
            &["named 《劳动监察办法》》（2019年4月）第四条 → 劳动监察办法 4"],
        ),
        (
            "one 》 too many within",
            "《劳动法》实施细则》（2019年4月）第四条",
            &["named 《劳动法》实施细则》（2019年4月）第四条 → 劳动法实施细则 4"],
        ),
        ("brackets of two kinds", "《劳动法》（2003年2月)第三条", &["named 《劳动法》（2003年2月)第三条 → 劳动法 3"]),
        (
            "a document number in the parenthesis",
            "《组织办法(试行)》(2002年6月 鲁人发[2002]26号)第三条",
            &["named 《组织办法(试行)》(2002年6月 鲁人发[2002]26号)第三条 → 组织办法（试行） 3"],
        ),
        ("【】 around it", "《劳动法》【2018年修正】第三条", &["named 《劳动法》【2018年修正】第三条 → 劳动法 3"]),
        (
            "a document number behind the title",
            "《关于加强管理的通知》国发〔2011〕48号",
            &["named 《关于加强管理的通知》 → 关于加强管理的通知", "number 国发〔2011〕48号 → 国发〔2011〕48号"],
        ),
        (
            "a document number in brackets behind the title",
            "《关于加强管理的通知》（2013）5号",
            &["named 《关于加强管理的通知》 → 关于加强管理的通知", "number （2013）5号 → （2013）5号"],
        ),
        (
            "a tag before it",
            "【法律】《行政许可法》（中华人民共和国主席令第七号）第七十二条：“行政机关”",
            &["named 《行政许可法》（中华人民共和国主席令第七号）第七十二条 → 行政许可法 72"],
        ),
        (
            "a list of titles",
            "《劳动法》、《劳动合同法》第三条",
            &["named 《劳动法》 → 劳动法", "named 《劳动合同法》第三条 → 劳动合同法 3"],
        ),
        (
            "a nested title",
            "《实施〈中华人民共和国社会保险法〉若干规定》第二十六条",
            &[
                "named 《实施〈中华人民共和国社会保险法〉若干规定》第二十六条 → 实施〈中华人民共和国社会保险法〉若干规定 26",
            ],
        ),
        (
            "a statute whose title is but a part of its name",
            "违反山东省实施《中华人民共和国消防法》办法第十条",
            &["bare 山东省实施《中华人民共和国消防法》办法第十条 → 山东省实施〈中华人民共和国消防法〉办法 10"],
        ),
        (
            "without a region",
            "依照实施《社会保险法》若干规定 第二十五条",
            &["bare 实施《社会保险法》若干规定 第二十五条 → 实施〈社会保险法〉若干规定 25"],
        ),
        ("the heading of such a statute", "# 山东省实施《消防法》办法\n", &["named 《消防法》 → 消防法"]),
        ("implementing what a statute says", "实施《劳动法》规定的职责", &["named 《劳动法》 → 劳动法"]),
        (
            "never opened",
            "【法规】监察工作规定》（2002年10月公布）\n第四条：甲",
            &["named 监察工作规定》（2002年10月公布）⏎第四条 → 监察工作规定 4"],
        ),
        (
            "opened by another bracket",
            "【法规】（监察工作规定》（2002年10月公布）\n第四条：甲",
            &["named （监察工作规定》（2002年10月公布）⏎第四条 → 监察工作规定 4"],
        ),
        ("a stray 》 in a sentence", "违反了有关规定》的，依照前述规定》处理", &[]),
        ("never closed", "《劳动合同法第三十九条规定", &["named 《劳动合同法第三十九条 → 劳动合同法 39"]),
        ("a licence", "吊销《营业执照》。", &["named 《营业执照》 → 营业执照"]),
        ("an alias", "《社保法》第九十二条", &["named 《社保法》第九十二条 → 社会保险法 92"]),
        ("a chapter", "《劳动法》第三章的规定", &["named 《劳动法》 → 劳动法 第三章"]),
        (
            "a chapter and articles",
            "《劳动法》第五章第四十七条至第四十九条",
            &["named 《劳动法》第五章第四十七条至第四十九条 → 劳动法 第五章 47 48 49"],
        ),
        (
            "an entry of a catalogue",
            "《关于取消许可的目录》第18项，第（三）项",
            &["named 《关于取消许可的目录》 → 关于取消许可的目录"],
        ),
        (
            "blanks that fill a cell",
            &format!("《劳动法》（1994年7月通过）{}\n第三条", " ".repeat(100)),
            &[&format!("named 《劳动法》（1994年7月通过）{}⏎第三条 → 劳动法 3", " ".repeat(100))],
        ),
        (
            "an enumeration goes on",
            "《劳动法》 3. 《消防法》",
            &["named 《劳动法》 → 劳动法", "named 《消防法》 → 消防法"],
        ),
    ]);
}

#[test]
fn lists_and_ranges_are_expanded() {
    check(&[
        (
            "items of a paragraph",
            "《土地法》（2011年修正本）第四十六条第（一）项、第（三）项",
            &["named 《土地法》（2011年修正本）第四十六条第（一）项、第（三）项 → 土地法 46#1 46#3"],
        ),
        (
            "items under one 项",
            "《土地法》第四十六条第一款第（二）、（三）项的规定",
            &["named 《土地法》第四十六条第一款第（二）、（三）项 → 土地法 46.1#2 46.1#3"],
        ),
        (
            "articles under one 条",
            "《土地法》第二十五、二十六条",
            &["named 《土地法》第二十五、二十六条 → 土地法 25 26"],
        ),
        ("a range", "《土地法》第十条至第十二条", &["named 《土地法》第十条至第十二条 → 土地法 10 11 12"]),
        (
            "paragraphs under one 款",
            "《土地法》第三条第三、四款",
            &["named 《土地法》第三条第三、四款 → 土地法 3.3 3.4"],
        ),
        (
            "a range of items",
            "《土地法》第三条第（一）至（五）项",
            &["named 《土地法》第三条第（一）至（五）项 → 土地法 3#1 3#2 3#3 3#4 3#5"],
        ),
    ]);
}

#[test]
fn names_without_brackets_are_found() {
    check(&[
        ("an alias and a number", "社保法92条", &["bare 社保法92条 → 社会保险法 92"]),
        ("with an article", "按劳动合同法第三十九条的", &["bare 劳动合同法第三十九条 → 劳动合同法 39"]),
        ("alone", "参照公务员法管理", &["bare 公务员法 → 公务员法"]),
        ("with the prefix", "依照中华人民共和国刑法第三条", &["bare 中华人民共和国刑法第三条 → 刑法 3"]),
        ("the longer name", "劳动合同法实施条例第三条", &["bare 劳动合同法实施条例第三条 → 劳动合同法实施条例 3"]),
        (
            "a longer name that is not known",
            "社会保险法实施细则第三条",
            &["bare 社会保险法实施细则第三条 → 社会保险法实施细则 3"],
        ),
        (
            "with a parenthesis",
            "社会保险法（2010年10月通过）第三条",
            &["bare 社会保险法（2010年10月通过）第三条 → 社会保险法 3"],
        ),
        ("part of another word", "公务员法定义务", &[]),
        ("its text", "对应的刑法条文", &["bare 刑法 → 刑法"]),
        ("words of the sentence", "遵守劳务派遣规定的情况，执行附则", &[]),
        (
            "a name like those with an article",
            "依照劳务派遣规定第三条",
            &["bare 劳务派遣规定第三条 → 劳务派遣暂行规定 3"],
        ),
        (
            "an unknown name before an article",
            "依照治安管理处罚法第四十二条",
            &["bare 治安管理处罚法第四十二条 → 治安管理处罚法 42"],
        ),
        (
            "及其实施条例",
            "《行政监察法》及其实施条例第三条",
            &["named 《行政监察法》 → 行政监察法", "bare 实施条例第三条 → 行政监察法实施条例 3"],
        ),
        ("in a title", "《社会保险法释义》", &["named 《社会保险法释义》 → 社会保险法释义"]),
    ]);
}

#[test]
fn an_article_without_a_name_belongs_to_the_statute_before_it() {
    check(&[
        (
            "the next article of the list",
            "《社会保险法》第九十二条：泄露的。第九十三条：玩忽职守的。",
            &["named 《社会保险法》第九十二条 → 社会保险法 92", "carried 第九十三条 → 社会保险法 93"],
        ),
        (
            "another statute inside the words quoted",
            "《A法》第三条：“违反《B条例》规定的。”第四条：“处罚。”",
            &["named 《A法》第三条 → A法 3", "named 《B条例》 → B条例", "carried 第四条 → A法 4"],
        ),
        (
            "another statute inside the words of a circumstance",
            "《A法》第三条：违反《B条例》规定的。第四条：处罚的。",
            &["named 《A法》第三条 → A法 3", "named 《B条例》 → B条例", "carried 第四条 → A法 4"],
        ),
        (
            "mid-sentence",
            "《A法》第三条：依照《B条例》第五条处罚，情节严重的依照第六条处罚。",
            &["named 《A法》第三条 → A法 3", "named 《B条例》第五条 → B条例 5", "carried 第六条 → B条例 6"],
        ),
        (
            "an entry's statute, then lines of articles",
            "1.《A法》\n第三条 违反本法规定的。\n第四条 处罚。",
            &["named 《A法》⏎第三条 → A法 3", "self 本法 → A法", "carried 第四条 → A法 4"],
        ),
        (
            "the next entry",
            "1.《A法》第三条：甲。2.《B条例》第五条：乙。第六条：丙。",
            &["named 《A法》第三条 → A法 3", "named 《B条例》第五条 → B条例 5", "carried 第六条 → B条例 6"],
        ),
        (
            "a paragraph of the article before",
            "《A法》第二十六条第一款：甲。第二款：乙。",
            &["named 《A法》第二十六条第一款 → A法 26.1", "carried 第二款 → A法 26.2"],
        ),
        (
            "licences hand on nothing",
            "《A法》第三条：吊销《许可证》。第四条：乙。",
            &["named 《A法》第三条 → A法 3", "named 《许可证》 → 许可证", "carried 第四条 → A法 4"],
        ),
        (
            "what is named in a parenthesis stays there",
            "| 第168条（《修正案》第2条） |甲罪 |\n| 第182条（《修正案》第6条） |乙罪 |",
            &[
                "carried 第168条 → 168",
                "named 《修正案》第2条 → 修正案 2",
                "carried 第182条 → 182",
                "named 《修正案》第6条 → 修正案 6",
            ],
        ),
        (
            "by the kind of the statute",
            "《甲条例》第二条：甲。\n《乙办法》第三条：依照条例第十三条处罚；违反该条例第四条的",
            &[
                "named 《甲条例》第二条 → 甲条例 2",
                "named 《乙办法》第三条 → 乙办法 3",
                "carried 第十三条 → 甲条例 13",
                "carried 第四条 → 甲条例 4",
            ],
        ),
        (
            "a sentence about another statute is no entry",
            "《甲条例》（2005年通过）\n《乙规定》已于2005年通过。\n第五条：丙",
            &["named 《甲条例》（2005年通过） → 甲条例", "named 《乙规定》 → 乙规定", "carried 第五条 → 甲条例 5"],
        ),
        (
            "a title that ends its line",
            "十四、修改《甲解释》\n\n将引言修改为：\n“制定本解释。”",
            &["named 《甲解释》 → 甲解释", "self 本解释 → 甲解释"],
        ),
        ("nothing before it", "违反第八条规定", &["carried 第八条 → 8"]),
        (
            "a chapter before it",
            "依照《A法》的规定和第五章第四十七条",
            &["named 《A法》 → A法", "carried 第五章第四十七条 → A法 第五章 47"],
        ),
    ]);
    let context = Context { carry: Some("《社会保险法》"), ..Context::default() };
    assert_eq!(shown("第九十三条：甲", &context), ["carried 第九十三条 → 社会保险法 93"]);
}

#[test]
fn a_statute_names_itself() {
    check(&[
        ("nobody knows which", "违反本法第八条、第九条规定", &["self 本法第八条、第九条 → 8 9"]),
        ("alone", "制定本条例。", &["self 本条例 →"]),
        (
            "words quoted from a statute",
            "《公务员法》第一百零四条：违反本法规定的",
            &["named 《公务员法》第一百零四条 → 公务员法 104", "self 本法 → 公务员法"],
        ),
        (
            "of another kind than the statute before",
            "《公务员法》第一百零四条：违反本条例规定的",
            &["named 《公务员法》第一百零四条 → 公务员法 104", "self 本条例 →"],
        ),
        ("what follows", "依照本法第八条处罚，依照第九条", &["self 本法第八条 → 8", "carried 第九条 → 9"]),
        ("a chapter", "本法第三章的规定", &["self 本法 → 第三章"]),
        ("第 is missing", "违反本条例五十九条规定", &["self 本条例五十九条 → 59"]),
        ("other words", "基本法律、本法院、本市、成本规则", &[]),
    ]);
    let context = Context { this_statute: Some("中华人民共和国公务员法"), ..Context::default() };
    assert_eq!(
        shown("第三条 根据《宪法》，违反本法第八条和第九条，依照第十条", &context),
        ["named 《宪法》 → 宪法", "self 本法第八条和第九条 → 公务员法 8 9", "carried 第十条 → 公务员法 10"]
    );
}

#[test]
fn headings_of_a_statute_name_none() {
    check(&[
        (
            "a statute",
            "劳动保障监察办法\n\n第一章 总则\n\n第一条 为了监察，根据《劳动法》，制定本办法。\n\n第二条 违反第一条的，\n\n第三条　依照前款",
            &[
                "carried 第一条 → 1",
                "named 《劳动法》 → 劳动法",
                "self 本办法 → 劳动保障监察办法",
                "carried 第二条 → 2",
                "carried 第一条 → 1",
                "carried 第三条 → 3",
                "relative 前款 →",
            ],
        ),
        ("its own name", "# 劳动合同法\n\n第一条 为了", &["carried 第一条 → 1"]),
        (
            "the end of the article before names another statute",
            "依照《药品管理法》及有关规定处理。\n\n第十七条 有下列情形的",
            &["named 《药品管理法》 → 药品管理法", "carried 第十七条 → 17"],
        ),
        (
            "a list that names its statute",
            "《A法》\n第三十三条 甲。\n第三十四条 乙。",
            &["named 《A法》⏎第三十三条 → A法 33", "carried 第三十四条 → A法 34"],
        ),
    ]);
}

#[test]
fn headings_of_a_known_statute_cite_nothing() {
    let context = Context { this_statute: Some("劳动保障监察条例"), ..Context::default() };
    let text = "第一条 为了监察，制定本条例。\n\n第二条 违反第一条的，";
    assert_eq!(shown(text, &context), ["self 本条例 → 劳动保障监察条例", "carried 第一条 → 劳动保障监察条例 1"]);
}

#[test]
fn words_point_at_what_stands_before() {
    check(&[
        ("前款", "依照前款规定", &["relative 前款 →"]),
        ("前两款", "前两款规定的", &["relative 前两款 →"]),
        ("前款 with items", "有前款第（一）、（二）项行为", &["relative 前款第（一）、（二）项 → #1 #2"]),
        ("a range of items", "前款第一项至第三项", &["relative 前款第一项至第三项 → #1 #2 #3"]),
        ("前条", "违反前条第二款规定", &["relative 前条第二款 → .2"]),
        ("本条", "本条第一款第（三）项所称", &["relative 本条第一款第（三）项 → .1#3"]),
        (
            "an article after it is another mention",
            "违反本条第一款和第二十条第三款",
            &["relative 本条第一款 → .1", "carried 第二十条第三款 → 20.3"],
        ),
        ("a paragraph of the same article", "依照第一款、第二款的规定", &["relative 第一款、第二款 → .1 .2"]),
        ("an item of the same article", "有第（一）项情形", &["relative 第（一）项 → #1"]),
        (
            "items in a sentence",
            "从事第二项至五项活动之一，通过第一项以外的方式",
            &["relative 第二项至五项 → #2 #3 #4 #5", "relative 第一项 → #1"],
        ),
        ("an item that an amendment adds", "增加一项，作为第三项：“甲”", &["relative 第三项 → #3"]),
        ("a catalogue", "第二部分第三项中所述设备", &[]),
        ("a ranking", "按照前三项征收，对前两项污染物", &[]),
        ("other words", "目前条件下，本条例以外，本项目的前项目", &["self 本条例 →"]),
    ]);
}

#[test]
fn ordinals_that_cite_nothing_are_left_alone() {
    check(&[
        ("things", "第一条生产线和第一百条消息", &[]),
        ("a session", "第十届全国人民代表大会第三次会议", &[]),
        ("a third party", "委托第三方评估", &[]),
        ("a list", "第一、预防为主；第二、综合治理", &[]),
        ("projects", "第一项目部，第二项工作，第三项任务", &[]),
        ("a chapter alone", "第三章 总则", &[]),
        ("conditions", "第二条件、第三条款", &[]),
    ]);
}

#[test]
fn numbers_are_mentions_of_their_own() {
    check(&[
        ("an order", "根据国务院令第423号", &["number 国务院令第423号 → 国务院令第423号"]),
        ("blanks", "按照国务院令 第 423 号", &["number 国务院令 第 423 号 → 国务院令第423号"]),
        (
            "before a title",
            "国发〔2011〕48号《办法》",
            &["number 国发〔2011〕48号 → 国发〔2011〕48号", "named 《办法》 → 办法"],
        ),
        ("not in a promulgation", "《办法》（国务院令第423号）", &["named 《办法》（国务院令第423号） → 办法"]),
    ]);
}

#[test]
fn names_defined_in_the_text_hold_from_there_on() {
    check(&[
        (
            "in quotation marks",
            "《城镇土地使用税征管办法》（以下简称“征管办法”）已发布。依照征管办法第三条",
            &[
                "named 《城镇土地使用税征管办法》（以下简称“征管办法”） → 城镇土地使用税征管办法",
                "bare 征管办法第三条 → 城镇土地使用税征管办法 3",
            ],
        ),
        (
            "in 《》",
            "《山东省规范行政处罚裁量权办法》（省政府令第269号，以下简称《办法》）。按照《办法》第三条",
            &[
                "named 《山东省规范行政处罚裁量权办法》（省政府令第269号，以下简称《办法》） → 山东省规范行政处罚裁量权办法",
                "named 《办法》第三条 → 山东省规范行政处罚裁量权办法 3",
            ],
        ),
        (
            "not before its definition",
            "《办法》。《甲办法》（以下简称《办法》）",
            &["named 《办法》 → 办法", "named 《甲办法》（以下简称《办法》） → 甲办法"],
        ),
        (
            "between title and article",
            "《甲办法》（以下简称《办法》）第三条",
            &["named 《甲办法》（以下简称《办法》）第三条 → 甲办法 3"],
        ),
        (
            "without a parenthesis",
            "《甲监察办法》，以下简称监察办法，依照监察办法第三条",
            &["named 《甲监察办法》 → 甲监察办法", "bare 监察办法第三条 → 甲监察办法 3"],
        ),
    ]);
}

#[test]
fn the_seeds_citations_are_all_found() {
    let seed = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/responsibility/boshan-hrss-2015.md");
    let text = std::fs::read_to_string(seed).expect("the seed belongs to the repository");
    let mentions = find_mentions(&text, &NameIndex::empty());
    let named: Vec<_> = mentions.iter().filter(|mention| mention.kind == MentionKind::Named).collect();
    let titles: std::collections::BTreeSet<_> = named.iter().filter_map(|mention| mention.statute.as_deref()).collect();
    assert_eq!((named.len(), titles.len()), (100, 59));

    let cited: Vec<_> = named.iter().filter(|mention| !mention.provisions.is_empty()).collect();
    assert_eq!(cited.len(), 33, "grounds of liability");
    assert!(cited.iter().all(|mention| mention.promulgation.is_some()));
    let carried: Vec<_> = mentions
        .iter()
        .filter(|mention| mention.kind == MentionKind::Carried)
        .map(|mention| mention.canonical().expect("each belongs to the statute before it"))
        .collect();
    assert_eq!(
        carried,
        [
            "《劳动法》第一百零四条",
            "《劳动就业服务企业管理规定》第二十六条第二款",
            "《社会保险法》第九十三条",
            "《社会保险费申报缴纳管理规定》第二十八条",
            "《社会保险费申报缴纳管理规定》第二十九条",
        ]
    );
    let provisions: usize = cited.iter().map(|mention| mention.provisions.len()).sum();
    assert_eq!(provisions + carried.len(), 38);
}

/// Texts of the characters that citations are made of.
fn citing_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("《"),
        Just("》"),
        Just("〈"),
        Just("〉"),
        Just("<"),
        Just("第"),
        Just("条"),
        Just("款"),
        Just("项"),
        Just("之"),
        Just("一"),
        Just("十"),
        Just("百"),
        Just("3"),
        Just("（"),
        Just("）"),
        Just("〔"),
        Just("〕"),
        Just("2011"),
        Just("号"),
        Just("令"),
        Just("年"),
        Just("月"),
        Just("本"),
        Just("法"),
        Just("条例"),
        Just("前"),
        Just("至"),
        Just("、"),
        Just("和"),
        Just("："),
        Just("“"),
        Just("”"),
        Just("。"),
        Just("\n"),
        Just(" "),
        Just("社保法"),
        Just("实施"),
        Just("省"),
        Just("办法"),
        Just("以下简称"),
        Just("国务院"),
        Just("章"),
        Just("修正"),
        Just("😀"),
        Just("甲"),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn holds_the_laws(text: &str) {
    let mentions = find_mentions(text, &names());
    let mut floor = 0;
    for mention in &mentions {
        assert!(mention.span.start >= floor && !mention.span.is_empty(), "in order, without overlap: {text}");
        floor = mention.span.end;
        let inside = |span: Span| span.start >= mention.span.start && span.end <= mention.span.end;
        assert!(!mention.text(text).is_empty());
        assert!(mention.title.is_none_or(inside) && mention.promulgation_span.is_none_or(inside), "{text}");
        for provision in &mention.provisions {
            assert!(inside(provision.span) && provision.path.article > 0, "{text}");
            assert!(!provision.span.slice(text).is_empty());
        }
        if let Some(canonical) = mention.canonical() {
            let parsed =
                crate::citation::parse_canonical(&canonical).unwrap_or_else(|| panic!("{canonical} of {text}"));
            assert_eq!(parsed.to_string(), canonical);
        }
    }
    assert_eq!(crate::citation::WireMention::all(text, &mentions).len(), mentions.len());
    find_promulgation(text);
    crate::citation::scan_provision(text);
}

proptest! {
    #[test]
    fn any_text_gives_ordered_mentions_inside_it(text in "\\PC*") {
        holds_the_laws(&text);
    }

    #[test]
    fn any_text_of_citing_characters_does_too(text in citing_text()) {
        holds_the_laws(&text);
    }
}
