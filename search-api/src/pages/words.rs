//! Every word that pages say of their own, in Chinese and in English. What documents say stays as printed.

use std::fmt::Display;

use lawcite_core::audit::Finding;
use lawcite_core::compare::EntryFate;
use lawcite_core::unit::Kind;

use super::language::Language::{self, Chinese, English};

/// A row is a name, the Chinese and the English; rows with arguments are sentences that take them in.
macro_rules! words {
    (@one $name:ident () $zh:literal $en:literal) => {
        pub(super) fn $name(self) -> &'static str {
            match self {
                Chinese => $zh,
                English => $en,
            }
        }
    };
    (@one $name:ident ($($argument:ident),+) $zh:literal $en:literal) => {
        pub(super) fn $name(self, $($argument: impl Display),+) -> String {
            match self {
                Chinese => format!($zh),
                English => format!($en),
            }
        }
    };
    ($($name:ident ($($argument:ident),*) $zh:literal, $en:literal;)*) => {
        impl Language {
            $(words!(@one $name ($($argument),*) $zh $en);)*
        }
    };
}

words! {
    // Every page
    site() "责任清单与法规检索", "Responsibility lists and statutes";
    skip() "跳到正文", "Skip to content";
    search() "检索", "Search";
    query() "检索词", "Search for";
    placeholder() "关键词、法条（社保法92条）或问题", "Words, a citation (社保法92条) or a question";
    check_text() "核对引文", "Check citations";
    about() "关于", "About";
    interface() "接口说明", "API";
    print() "打印", "Print";
    menu() "栏目", "Sections";

    // Copying, said by the script
    permalink() "固定链接", "Permanent link";
    copy_link() "复制链接", "Copy link";
    copy_citation() "复制引文", "Copy citation";
    copied(what) "已复制：{what}", "Copied: {what}";
    not_copied() "未能复制，请手动选取", "Could not copy: please select it by hand";

    // What a list changed
    changed() "此链接所指的文字已有变动。", "The text that this link was made for has changed.";
    changed_here() "当前文字见下；", "Today's text is below. ";
    has_the_text() "原文字现见于：", "The former text now stands at:";
    text_is_gone() "收录的文件中已没有原文字。", "None of the documents has the former text any more.";

    // The search page
    lead() "查职责、查追责依据、查法条", "Find a duty, a ground of liability, an article";
    how_to_ask() "输入关键词、法条或一句问话，中英文均可；加引号查原文，加减号排除。", "Type words, a citation or a question, in Chinese or English; quotes for exact words, a minus sign to leave out.";
    examples() "例如", "For example";
    collected() "收录", "Collected here";
    results(total) "{total} 条结果", "Results: {total}";
    results_from(total, first, last) "{total} 条结果，第 {first}–{last} 条", "Results: {total} ({first}–{last} shown)";
    understood() "已按以下理解", "Understood as";
    without_term(term) "不查“{term}”", "Do not look for “{term}”";
    taken_out(term) "不查：{term}", "Not: {term}";
    only_typed() "只查原词", "Only the words typed";
    did_you_mean() "或许想查：", "Did you mean: ";
    filters() "筛选", "Filters";
    kinds() "类别", "Kind";
    statutes() "法规", "Statute";
    power_types() "权力类型", "Type of power";
    departments() "承办机构", "Department";
    documents() "清单", "List";
    articles() "条", "Article";
    all() "全部", "All";
    remove_filter(label) "取消筛选：{label}", "Remove filter: {label}";
    all_versions() "含旧文本", "All versions";
    uncollapsed() "逐条列出", "Listed one by one";
    applies_to(count) "适用于 {count} 项职责", "Applies to {count} duties";
    applies_to_rows(count) "适用于 {count} 个事项", "Applies to {count} rows";
    same_words(count) "另有 {count} 处文字相同", "{count} more with the same words";
    and_more(count) "等，另 {count} 处", "and {count} more";
    pages() "翻页", "Pages";
    previous_page() "上一页", "Previous";
    next_page() "下一页", "Next";
    nothing_found() "没有找到", "Nothing found";
    nothing_to_look_for() "没有可检索的词语：请输入关键词、法条或问题（仅有标点或“-排除词”时无从检索）", "There is nothing to look for: type words, a citation or a question (punctuation and “-word” alone find nothing)";
    weakly_met() "没有条目充分符合所问。下列条目仅部分相符：", "Nothing answers this well enough. These meet only a part of it:";
    what_now() "可以试试", "You could";
    unfilter() "取消全部筛选", "remove all filters";
    unquote() "去掉引号，不限原文", "drop the quotes";
    unexclude() "不排除任何词", "leave nothing out";
    reexpand() "同时查同义词与译词", "look for synonyms and translations too";
    fewer_words() "减少词语，或换一种说法；只写法规名和条号也可以", "use fewer or other words, or just a statute's name and an article's number";
    or_ask() "或者从这里开始", "Or begin here";
    save_table() "导出表格（CSV）", "Save as a table (CSV)";
    too_long(most) "检索词不能超过 {most} 字。", "A query may have {most} characters.";

    // The answer card
    who_is_liable() "谁承担责任", "Who is liable";
    not_said() "收录的清单和法规没有写明。", "The lists and statutes collected here do not say.";
    ground() "依据", "Ground";
    article_text() "条文", "article";
    case() "情形", "Case";
    subject() "主体", "Who";
    consequence() "后果", "Consequence";
    subject_and_consequence() "主体与后果", "Who, and what follows";
    more_grounds(count) "另有 {count} 项依据", "{count} more grounds";
    not_stated() "原文未写明", "not stated in the text";
    listed() "列入", "Listed by";
    listed_by(issuer) "{issuer}责任清单（列入者不因此即为承担责任者）", "{issuer}, in its list (whoever lists it is not thereby the one who is liable)";
    duty_number(number) "职责{number}", "duty {number}";
    caveat() "清单注明所列情形可能不属于该部门职责：", "The list itself notes that what it lists may lie outside the department's remit: ";
    see_note() "见注", "note";

    // Lists and statutes
    sheet(name) "工作表“{name}”", "sheet “{name}”";
    stands_first() "首见处", "first there";
    row(number) "第 {number} 行", "row {number}";
    contents() "目录", "Contents";
    versions() "所收文本", "Versions here";
    history() "沿革", "History";
    not_newest(date) "这不是最新文本，最新为{date}文本：", "This is not the newest version, which is that of {date}: ";
    see_newest() "查看最新文本", "see the newest version";
    neighbours() "前后", "Neighbours";
    previous_article() "前一条", "Previous article";
    next_article() "后一条", "Next article";
    previous_part() "上一项", "Previous";
    next_part() "下一项", "Next";
    other_versions(label) "其他文本中的{label}：", "{label} in other versions: ";
    undated() "日期不详", "undated";
    version_of(date) "{date}文本", "version of {date}";
    cited_by(total) "引用本条的条目（{total}）", "Cited by ({total})";
    cited_by_none() "所收清单和法规中没有引用本条的条目。", "Nothing collected here cites this article.";
    how_to_cite() "引用格式", "How to cite";

    // Checks of citations
    in_force() "现行有效", "in force";
    amended() "已有修改", "amended since";
    amended_since() "引用后法规有修改", "amended since it was cited";
    repealed() "已废止", "repealed";
    not_yet() "尚未施行", "not yet in force";
    replaced_by(name, date) "由《{name}》取代{date}", "replaced by 《{name}》{date}";
    renamed_to(name, date) "更名为《{name}》{date}", "renamed 《{name}》{date}";
    since(date) "自{date}起", "since {date}";
    on_date(date) "（{date}）", " ({date})";
    unknown_day() "不详之日", "a day unknown";
    several_statutes() "有几部法规同名", "several statutes have this name";
    no_such_article() "所收文本没有这一条", "the version here has no such article";
    no_such_part() "所收文本没有所引的某条、款或项", "the version here lacks part of what is cited";
    words_match() "文字相符", "the words match";
    words_differ() "文字有出入", "the words differ";
    words_moved(place) "所列文字现在{place}", "the words are now in {place}";
    words_nowhere() "所收文本中没有这些文字", "no article here has these words";
    see(place) "查看{place}", "see {place}";
    statute_unknown() "未收录该法规", "the statute is not collected here";
    unresolved() "指向不明", "unclear what is meant";
    check() "核对", "Check";
    as_listed() "清单所列", "As listed";
    legend() "“清单所列”中带波浪线的文字不见于条文；条文中有底色的文字为清单所引。", "Wavy underlined words of the list are not in the article; shaded words of the article are those the list quotes.";

    // Pasted text
    check_lead() "粘贴一段文字，逐一标出其中引用的法规和条款，并说明各指哪部法规的哪一条、是否现行有效。", "Paste a text: every citation in it is marked, with the article it means and whether that is in force.";
    text_to_check() "要核对的文字", "Text to check";
    found_citations(total) "找到 {total} 处引用", "Citations found: {total}";
    no_citations() "没有找到引用。引用的写法例如《社会保险法》第九十二条、社保法92条、国务院令第423号。", "No citation found. Citations look like 《社会保险法》第九十二条, 社保法92条 or 国务院令第423号.";
    cited() "引用", "Citation";
    meaning() "所指", "Meaning";
    not_resolved(total) "未能对上的引用（{total}）", "Citations that lead nowhere ({total})";
    the_text() "标注后的文字", "The text, marked";
    text_too_long(most) "文字过长：最多 {most} 字节。请分段核对。", "The text is too long: it may have {most} bytes. Please check it in parts.";
    text_unreadable() "未能读取提交的文字，请重试。", "The text could not be read; please try again.";

    // A list against the law
    audit() "引用核对", "Audit of citations";
    by_the_law_of(day) "以{day}的法规为准", "by the law of {day}";
    download() "下载：", "Download: ";
    compare_with_another() "与另一清单比较", "Compare with another list";
    findings() "结论", "Findings";
    faults() "书写问题", "Faults of drafting";
    law_today() "现行：", "Today: ";
    text_today() "现行文字", "Today's text";
    in_column(number) "第 {number} 列", "column {number}";
    in_line(number) "第 {number} 行", "line {number}";

    // A list against another
    diff() "清单比较", "Comparison of lists";
    earlier_list() "原清单", "Earlier list";
    later_list() "现清单", "Later list";
    compare() "比较", "Compare";
    fates(unchanged, added, dropped, renamed, changed) "相同 {unchanged} · 新增 {added} · 取消 {dropped} · 更名 {renamed} · 变动 {changed}", "Unchanged {unchanged} · added {added} · dropped {dropped} · renamed {renamed} · changed {changed}";
    earlier_entry() "原条目", "earlier entry";
    later_entry() "现条目", "later entry";
    no_longer_cited(count) "不再引用（{count}）", "No longer cited ({count})";
    newly_cited(count) "新引用（{count}）", "Newly cited ({count})";

    // About
    about_title() "关于本站", "About this site";
    data_date() "数据日期", "Data of";
    generation() "索引代次", "Index generation";
    program() "程序版本", "Program";
    list_count() "责任清单", "Responsibility lists";
    statute_count() "法规文本", "Versions of statutes";
    unit_count() "条目", "Units";
    citation_count() "清单所引法规", "Statutes cited by lists";
    warning_count() "读取时存疑之处", "Oddities noted while reading";
    lists_here() "所收清单", "Lists collected here";
    about_text() "本站收录公开的责任清单和法规，原文照录，仅供查阅；以发布机关正式文本为准。检索词只用于当次检索，不外传。", "Published responsibility lists and statutes, as printed and for reference only; the issuing body's official text prevails. Queries are used for the search at hand and go nowhere else.";
    and_so_on(count) "……另有 {count} 份", "… and {count} more";

    // The API's page
    all_routes() "全部地址、参数与应答格式见", "All addresses, parameters and answers are in";
    errors_are() "（OpenAPI）。出错时应答为", " (OpenAPI). Errors are";
    request() "请求", "Request";
    answer() "应答", "Answer";
    for_programs() "供程序读取的说明", "This description, for programs";

    // Failures
    not_found() "没有找到", "Not found";
    no_such_page() "没有这个网页。它所指的清单或条目可能已不在索引中。", "There is no such page. What it led to may no longer be in the index.";
    bad_request() "无法检索", "Cannot search";
    failure() "出错了", "Something went wrong";
    busy() "请稍候", "Please wait";
    too_busy() "服务器繁忙，请稍候再试。", "The server is busy: try again in a moment.";
    too_often() "请求过多，请稍候片刻再试。", "Too many requests: try again in a moment.";
    our_failure() "服务器未能完成这一请求，原因已记入日志。", "The server could not answer; the reason is in its log.";

    // Columns of tables
    number() "序号", "No.";
    heading() "标题", "Heading";
    text() "文字", "Text";
    document() "文件", "Document";
    path() "位置", "Place";
    same_elsewhere() "相同文字另见（处）", "Same words elsewhere";
    address() "链接", "Link";
}

impl Language {
    /// What an officer calls what an audit finds.
    pub(super) fn finding(self, finding: Finding) -> &'static str {
        match (self, finding) {
            (Chinese, finding) => finding.label(),
            (English, Finding::Unchanged) => "Unchanged",
            (English, Finding::Found) => "Article there",
            (English, Finding::Differs) => "Words differ",
            (English, Finding::Moved) => "Renumbered",
            (English, Finding::Absent) => "No such article",
            (English, Finding::Repealed) => "Repealed",
            (English, Finding::NotInCorpus) => "Not collected here",
            (English, Finding::Ambiguous) => "Name unclear",
        }
    }

    /// What an officer calls what became of an entry.
    pub(super) fn fate(self, fate: EntryFate) -> &'static str {
        match (self, fate) {
            (Chinese, fate) => fate.label(),
            (English, EntryFate::Added) => "Added",
            (English, EntryFate::Dropped) => "Dropped",
            (English, EntryFate::Renamed) => "Renamed",
            (English, EntryFate::Changed) => "Changed",
        }
    }

    /// What an officer calls a kind of unit.
    pub(super) fn kind(self, kind: &Kind) -> &'static str {
        match (self, kind) {
            (Chinese, kind) => kind.label(),
            (English, Kind::Part) => "Part",
            (English, Kind::Duty) => "Duty",
            (English, Kind::Item) => "Responsibility item",
            (English, Kind::Citation) => "Statute cited",
            (English, Kind::Provision) => "Ground of liability",
            (English, Kind::Circumstance) => "Circumstance",
            (English, Kind::Other) => "Other circumstances",
            (English, Kind::Note) => "Note",
            (English, Kind::Boundary) => "Boundary of duties",
            (English, Kind::Supervision) => "Supervision",
            (English, Kind::Service) => "Public service",
            (English, Kind::Accountability) => "Accountability",
            (English, Kind::Row) => "Row",
            (English, Kind::Cell) => "Entry of a table",
            (English, Kind::Article) => "Article",
        }
    }
}
