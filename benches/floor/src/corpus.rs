//! From files to articles, by the shortest way that finds them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use serde::Deserialize;

/// What the floor indexes as one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Article {
    /// The statute's title as printed.
    pub(crate) title: String,
    /// The article's label and words; of JSONL, its `text`.
    pub(crate) text: String,
}

/// The files of a corpus, always in one order.
pub(crate) fn files(corpus: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![corpus.to_owned()];
    while let Some(path) = folders.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path).with_context(|| format!("cannot read `{}`", path.display()))? {
                folders.push(entry?.path());
            }
        } else if path.extension().is_some_and(|suffix| suffix == "md" || suffix == "jsonl") {
            found.push(path);
        }
    }
    ensure!(!found.is_empty(), "no .md and no .jsonl in `{}`", corpus.display());
    found.sort();
    Ok(found)
}

/// The articles of one file, in its order.
pub(crate) fn articles(file: &Path) -> anyhow::Result<Vec<Article>> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    if file.extension().is_some_and(|suffix| suffix == "jsonl") {
        return text.lines().map(record).collect::<Result<_, _>>().with_context(|| format!("`{}`", file.display()));
    }
    Ok(markdown(&text))
}

#[derive(Deserialize)]
struct Record {
    law: String,
    text: String,
}

fn record(line: &str) -> serde_json::Result<Article> {
    serde_json::from_str(line).map(|Record { law, text }| Article { title: law, text })
}

/// Splits a statute at the lines that begin with 第…条. An article ends at the next heading; what stands before the first
/// article, and files without any, are left out.
fn markdown(text: &str) -> Vec<Article> {
    let title = text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default().trim();
    let mut articles: Vec<Article> = Vec::new();
    let mut is_inside = false;
    for line in text.lines() {
        if is_label(line) {
            articles.push(Article { title: title.to_owned(), text: line.to_owned() });
            is_inside = true;
        } else if line.starts_with('#') {
            is_inside = false;
        } else if let Some(article) = articles.last_mut().filter(|_| is_inside && !line.trim().is_empty()) {
            article.text.push('\n');
            article.text.push_str(line);
        }
    }
    articles
}

/// Whether a line begins with 第, a number and 条.
fn is_label(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('第') else { return false };
    let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十百千".contains(c));
    number.len() < rest.len() && number.starts_with('条')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statute_is_split_at_its_articles() {
        let text = "# 某条例\n\n2020年1月1日公布\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n第一条 甲。\n\n乙。\n\n\
                    第一条之一 丙。\n\n## 第二章 附则\n\n（无）\n\n第2条 丁第三条。\n";
        let texts: Vec<String> = markdown(text).into_iter().map(|article| article.text).collect();
        assert_eq!(texts, ["第一条 甲。\n乙。", "第一条之一 丙。", "第2条 丁第三条。"]);
        assert!(markdown(text).iter().all(|article| article.title == "某条例"));
    }

    #[test]
    fn only_numbered_labels_begin_articles() {
        for (line, expected) in [("第一百零二条 甲", true), ("第条", false), ("第一款", false), ("依第一条", false)]
        {
            assert_eq!(is_label(line), expected, "{line}");
        }
    }
}
