//! Texts made to take long: the time of every reader grows with the text, and no faster.
//!
//! What looks ahead or back must stop after a bounded number of characters, and what was read to no avail must not be read
//! again; a rule that forgets one of the two fails here.

use std::time::Instant;

use super::{NameIndex, find_mentions, find_promulgation, parse_canonical};

const SMALL: usize = 100_000;
const LARGE: usize = 1_000_000;

/// What every reader is given: pieces to repeat.
const PIECES: &[&str] = &[
    "《",
    "第",
    "〈〉",
    "《〈《〈",
    "1",
    "0",
    "一",
    "、第一条",
    "（",
    "（）",
    "以下简称“",
    "本",
    "号",
    "第一章",
    "《甲法》（2011年修正）第三条、第四条至第九条第（一）项；本法第五条和前款，国发〔2011〕48号。",
];

/// What the finder is given besides: pieces that begin one of its rules and do not let it end.
const PIECES_FOR_THE_FINDER: &[&str] = &[
    "》",
    "〈",
    "《〈",
    "《〈〉",
    "第一",
    "第 ",
    "第（",
    "十",
    "令第",
    "第1号",
    "（2011",
    "〔2011〕",
    "本法",
    "前",
    "前一",
    "实施《",
    "省实施《甲》办法",
    "以下简称",
    "《甲》（以下简称甲法）",
    "《甲法》（以下简称《甲",
    " ",
    "\n",
    "、第一",
    "第一条、",
    "第一条至第九千条",
    "第一条至第一百九十条、",
    "社保法",
    "中华人民共和国",
    "和国务院令",
    "“",
    "条例第一条",
    "😀",
    "            第一条。",
    "第一章、",
    "第一章第一项",
    "第零",
    "千",
    "本条第",
    "《甲法》（以下简称“",
    "最高人民法院关于",
];

/// Fails where ten times the text takes far more than ten times as long; a quadratic reader would take a hundred times.
fn assert_linear(what: &str, text: impl Fn(usize) -> String, read: impl Fn(&str)) {
    let time = |text: &str| {
        let start = Instant::now();
        read(text);
        start.elapsed().as_secs_f64()
    };
    let (small, large) = (text(SMALL), text(LARGE));
    // Clocks are coarse and machines are shared: short times do not count, and what takes long is measured again.
    let measure = || (time(&small), time(&large));
    let is_linear = |&(small, large): &(f64, f64)| large < 0.2 || large < 30.0 * small;
    let mut measured = (0.0, 0.0);
    let linear = (0..4).any(|_| {
        measured = measure();
        is_linear(&measured)
    });
    assert!(linear, "{what}: {} s for 100 kB, {} s for 1 MB", measured.0, measured.1);
}

fn repeated(piece: &str) -> impl Fn(usize) -> String {
    move |bytes| piece.repeat(bytes / piece.len())
}

fn names() -> NameIndex {
    NameIndex::new(
        ["社会保险法", "社保法", "劳动合同法", "甲办法", "条例", "最高人民法院关于适用若干问题的解释"]
            .map(|name| (name, name)),
    )
}

/// As many bytes of characters drawn from `draw`, the same every time.
fn random(draw: impl Fn(u64) -> Option<char>) -> impl Fn(usize) -> String {
    move |bytes| {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut text = String::with_capacity(bytes + 4);
        while text.len() < bytes {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text.extend(draw(state >> 16));
        }
        text
    }
}

fn any_character(number: u64) -> Option<char> {
    u32::try_from(number % 0x11_0000).ok().and_then(char::from_u32)
}

fn citing_character(number: u64) -> Option<char> {
    const CITING: &str = "《》〈〉<>（）()第一二十百条款项目之、，和至本前法例办规定章编号〔〕令12 0\n以下简称“”";
    let count = CITING.chars().count() as u64;
    CITING.chars().nth(usize::try_from(number % count).ok()?)
}

#[test]
fn finding_takes_time_in_proportion_to_the_text() {
    let (none, names) = (NameIndex::empty(), names());
    for piece in PIECES.iter().chain(PIECES_FOR_THE_FINDER) {
        assert_linear(piece, repeated(piece), |text| drop(find_mentions(text, &names)));
    }
    for piece in PIECES {
        assert_linear(piece, repeated(piece), |text| drop(find_mentions(text, &none)));
    }
    assert_linear("any characters", random(any_character), |text| drop(find_mentions(text, &names)));
    assert_linear("citing characters", random(citing_character), |text| drop(find_mentions(text, &names)));
}

#[test]
fn reading_a_canonical_form_or_a_parenthesis_does_too() {
    for piece in PIECES {
        assert_linear(piece, |bytes| format!("《甲法》{}", repeated(piece)(bytes)), |text| drop(parse_canonical(text)));
        assert_linear(piece, |bytes| format!("《{}》", repeated(piece)(bytes)), |text| drop(parse_canonical(text)));
        assert_linear(piece, repeated(piece), |text| drop(find_promulgation(text)));
    }
    for draw in [any_character, citing_character] {
        assert_linear("random characters", random(draw), |text| drop(parse_canonical(text)));
        assert_linear("random characters", random(draw), |text| drop(find_promulgation(text)));
    }
}
