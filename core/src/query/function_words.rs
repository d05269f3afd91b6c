//! Chinese words that carry no content of their own in a question.
//!
//! They are left out of what must be found. Their letters still count a little in the single tokens of long questions, but for
//! those of words that only ask: statutes do not ask, and where somebody does (guides, letters of inquiry), it is not that
//! which answers.

/// Particles, pronouns, auxiliaries, and verbs as empty as 进行.
const FUNCTION_WORDS: &str = "
的 了 着 过 地 得 之 其 所 者 等 也 都 就 还 又 再 才 只 很 太 更 最 不 没 没有 无 是 有 在 和 与 及 以及 或 或者
而 而且 并 并且 但 但是 如果 若 则 因为 由于 所以 虽然 即使 对 对于 关于 把 被 让 使 给 向 从 到 于 以 为 为了 由 按
按照 根据 依据 通过 当 时 时候 里 中 内 上 下 前 后 间 这 那 这个 那个 这些 那些 此 该 他 她 它 他们 自己 本人 别人 人家
有人 个 种 些 次 件 名 位 条 多 能 能够 可 可以 会 应 应该 应当 要 需 需要 必须 知道 了解 认为 属于 算 叫 做 办 进行
实施 开展 给予 予以 加以 情况 情形 问题 事情 东西 方面 时间 规定 相关 有关 具体 一般 一定 一个 一些 一种 已经 正在 将 曾 仍
仍然 还是 只有 只要 才能 就是 不是 以后 之后 以前 之前 期间 归 管 负责 该局 之间 列 列入 行为 违反
";

/// Words with which people ask, address and thank.
const ASKING_WORDS: &str = "
吗 呢 吧 啊 么 嘛 呀 什么 怎么 怎样 如何 怎么样 为什么 为何 谁 哪 哪个 哪些 哪里 哪儿 几 多少 多久 多长 是否 能否 可否
是不是 能不能 可不可以 会不会 有没有 要不要 算不算 该不该 请 请问 问 咨询 想 想要 觉得 怎么办 我 你 您 我们 你们 谢谢 您好 你好
";

/// Whether `word` (folded) only asks.
pub(super) fn is_asking_word(word: &str) -> bool {
    static WORDS: once_cell::sync::Lazy<std::collections::HashSet<&str>> =
        once_cell::sync::Lazy::new(|| ASKING_WORDS.split_whitespace().collect());
    WORDS.contains(word)
}

/// Whether `word` (folded) is one.
pub(super) fn is_function_word(word: &str) -> bool {
    static WORDS: once_cell::sync::Lazy<std::collections::HashSet<&str>> =
        once_cell::sync::Lazy::new(|| FUNCTION_WORDS.split_whitespace().collect());
    WORDS.contains(word) || is_asking_word(word)
}
