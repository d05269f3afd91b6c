//! How much of a quotation's words stand in an article, in their order.
//!
//! A circumstance is a clause of the article with its subject, its object or half its list left out and its connectives
//! changed, so equality finds nearly nothing, and words in common find too much: all articles of a statute share them. What
//! tells is long stretches in common, in the order of the quotation.

use super::texts::letters;

/// Longer quotations are compared by their beginning.
const LONGEST_QUOTE: usize = 400;
/// Of longer articles only so much is compared.
const LONGEST_ARTICLE: usize = 20_000;
/// Shorter members of a list are compared together with their neighbours: alone they stand anywhere.
const SHORTEST_PIECE: usize = 4;

/// A quotation, ready to be compared.
#[derive(Clone, Debug)]
pub(super) struct Quote {
    /// Its clauses and members of lists, which may stand in another order: 滥用职权、玩忽职守、徇私舞弊 is
    /// 滥用职权、徇私舞弊、玩忽职守.
    pieces: Vec<Vec<char>>,
}

impl Quote {
    /// Of printed words. A 的 at the end belongs to the list's way of putting it, not to the article's.
    pub(super) fn new(words: &str) -> Quote {
        let mut pieces: Vec<Vec<char>> = Vec::new();
        let mut room = LONGEST_QUOTE;
        for part in words.split(['、', '，', ',', '；', ';', '：', ':', '。', '\n']) {
            let mut part = letters(part);
            part.truncate(room);
            room -= part.len();
            match pieces.last_mut() {
                _ if part.is_empty() => {}
                Some(last) if part.len() < SHORTEST_PIECE || last.len() < SHORTEST_PIECE => last.append(&mut part),
                _ => pieces.push(part),
            }
        }
        if let Some(last) = pieces.last_mut().filter(|last| last.len() > 1 && last.ends_with(&['的'])) {
            last.pop();
        }
        Quote { pieces }
    }

    /// How many letters it has.
    pub(super) fn len(&self) -> usize {
        self.pieces.iter().map(Vec::len).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    pub(super) fn pieces(&self) -> impl Iterator<Item = &[char]> {
        self.pieces.iter().map(Vec::as_slice)
    }

    /// For each piece its length and how many of its letters stand in one of `articles`, in stretches of two or more and in
    /// the order of the piece.
    pub(super) fn covered<'a>(
        &self,
        articles: impl Iterator<Item = &'a [char]> + Clone,
    ) -> impl Iterator<Item = (usize, usize)> {
        self.pieces.iter().map(move |piece| {
            let covered = articles.clone().map(|article| common_in_order(piece, article));
            (piece.len(), covered.max().unwrap_or(0))
        })
    }

    /// Its pairs of letters.
    pub(super) fn pairs(&self) -> impl Iterator<Item = Pair> + '_ {
        self.pieces.iter().flat_map(|piece| pairs(piece))
    }
}

/// Two letters that stand together.
pub(super) type Pair = u64;

pub(super) fn pairs(letters: &[char]) -> impl Iterator<Item = Pair> + '_ {
    letters.windows(2).map(|pair| u64::from(u32::from(pair[0])) << 32 | u64::from(u32::from(pair[1])))
}

/// The most letters of `piece` that common stretches of two or more letters cover, the stretches in one order in both.
///
/// This is the measure LCSk++ for k = 2 (Pavetić, Žužić, Šikić, 2014): a stretch of any length is made of stretches of two
/// and three letters, so that looking back two and three letters is enough, and each pair of letters costs the same.
fn common_in_order(piece: &[char], article: &[char]) -> usize {
    let article = &article[..article.len().min(LONGEST_ARTICLE)];
    /// For one letter of the article: what is covered up to each letter of the piece, and the common stretch that ends there.
    type Row = (Vec<u16>, Vec<u16>);
    let width = piece.len() + 1;
    let mut rows: [Row; 4] = std::array::from_fn(|_| (vec![0; width], vec![0; width]));
    for &letter in article {
        // The newest row is the last; the one made anew was the oldest.
        rows.rotate_left(1);
        let [back3, back2, back1, (covered, run)] = &mut rows;
        for (at, &wanted) in (1..).zip(piece) {
            run[at] = if letter == wanted { back1.1[at - 1] + 1 } else { 0 };
            let mut best = back1.0[at].max(covered[at - 1]);
            if run[at] >= 2 {
                best = best.max(back2.0[at - 2] + 2);
            }
            if run[at] >= 3 {
                best = best.max(back3.0[at - 3] + 3);
            }
            covered[at] = best;
        }
    }
    usize::from(rows[3].0[piece.len()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn letters_covered(quote: &Quote, article: &str) -> usize {
        quote.covered(std::iter::once(&letters(article)[..])).map(|(_, covered)| covered).sum()
    }

    fn covered(quote: &str, article: &str) -> usize {
        letters_covered(&Quote::new(quote), article)
    }

    #[test]
    fn stretches_count_in_their_order() {
        for (name, quote, article, expected) in [
            ("all of it", "泄露用人单位和个人信息的", "社会保险费征收机构泄露用人单位和个人信息的，给予处分", 11),
            ("a subject left out", "擅自更改费率导致少收", "擅自更改社会保险费费率，导致少收社会保险费", 10),
            (
                "members of a list in another order",
                "滥用职权、玩忽职守、徇私舞弊的",
                "滥用职权、徇私舞弊、玩忽职守的",
                12,
            ),
            ("words of a clause in another order", "个人信息泄露用人单位", "泄露用人单位和个人信息", 6),
            ("single letters do not count", "甲乙丙丁", "甲一乙二丙三丁", 0),
            ("three letters are a stretch", "甲乙丙丁", "丁甲乙丙", 3),
            ("width and script", "洩露ＡＢ資料", "洩露ab资料", 6),
            ("nothing", "", "甲乙", 0),
        ] {
            assert_eq!(covered(quote, article), expected, "{name}");
        }
    }

    /// The same by trying every way.
    fn slowly(piece: &[char], article: &[char]) -> usize {
        let mut best = vec![vec![0; article.len() + 1]; piece.len() + 1];
        for i in 1..=piece.len() {
            for j in 1..=article.len() {
                best[i][j] = best[i - 1][j].max(best[i][j - 1]);
                for length in 2..=i.min(j) {
                    if piece[i - length..i] == article[j - length..j] {
                        best[i][j] = best[i][j].max(best[i - length][j - length] + length);
                    }
                }
            }
        }
        best[piece.len()][article.len()]
    }

    proptest! {
        #[test]
        fn looking_back_three_letters_is_enough(piece in "[甲乙丙]{0,12}", article in "[甲乙丙丁]{0,24}") {
            let (piece, article) = (letters(&piece), letters(&article));
            prop_assert_eq!(common_in_order(&piece, &article), slowly(&piece, &article));
        }

        #[test]
        fn no_text_is_covered_more_than_once(quote in "\\PC{0,40}", article in "\\PC{0,80}") {
            let quote = Quote::new(&quote);
            prop_assert!(letters_covered(&quote, &article) <= quote.len());
        }
    }
}
