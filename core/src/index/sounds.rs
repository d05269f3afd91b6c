//! Words of the index by their sound, and words close to one that the index does not have.

use std::collections::{BTreeMap, HashMap};

use pinyin::ToPinyin;

use super::reader::Index;

/// How many candidates are offered.
const MOST: usize = 3;
/// Words longer than this are titles and names, seldom typed by sound.
const LONGEST: usize = 8;

/// The words of the index by sound. Made when a query first needs it.
#[derive(Debug, Default)]
pub(super) struct Sounds {
    /// Words with the number of units that have them, most frequent first.
    words: Vec<(String, u32)>,
    /// By their syllables without tones.
    by_syllables: HashMap<String, Vec<u32>>,
    /// By the first letters of their syllables.
    by_initials: HashMap<String, Vec<u32>>,
    /// By what is left when one letter is taken out: words one letter apart share such a rest.
    by_rest: HashMap<(String, u8), Vec<u32>>,
}

impl Sounds {
    fn new(mut words: Vec<(String, u32)>) -> Sounds {
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut sounds = Sounds::default();
        for (number, (word, _)) in (0..).zip(&words) {
            let letters: Vec<char> = word.chars().collect();
            if let Some((syllables, initials)) = syllables(word) {
                sounds.by_syllables.entry(syllables).or_default().push(number);
                sounds.by_initials.entry(initials).or_default().push(number);
            }
            for (rest, place) in rests(&letters) {
                sounds.by_rest.entry((rest, place)).or_default().push(number);
            }
        }
        sounds.words = words;
        sounds
    }

    fn named(&self, numbers: Option<&Vec<u32>>) -> Vec<String> {
        numbers.into_iter().flatten().take(MOST).map(|&number| self.words[number as usize].0.clone()).collect()
    }

    /// Words with these syllables; if there are none and the letters could be initials, words with these initials.
    pub(super) fn sounding_like(&self, typed: &str) -> Vec<String> {
        let found = self.named(self.by_syllables.get(typed));
        if !found.is_empty() {
            return found;
        }
        let parts = self.cut(typed);
        if !parts.is_empty() {
            return parts;
        }
        if (3..=LONGEST).contains(&typed.len()) { self.named(self.by_initials.get(typed)) } else { Vec::new() }
    }

    /// Syllables of several words, cut so that the fewest words make them up; joined, as they would be typed in Chinese.
    fn cut(&self, typed: &str) -> Vec<String> {
        if !typed.is_ascii() || typed.len() > 60 {
            return Vec::new();
        }
        // best[end]: the fewest words for typed[..end], and where the last one begins.
        let mut best: Vec<Option<(usize, usize)>> = vec![None; typed.len() + 1];
        best[0] = Some((0, 0));
        for end in 1..=typed.len() {
            for start in 0..end {
                if let Some((words, _)) = best[start]
                    && self.by_syllables.contains_key(&typed[start..end])
                    && best[end].is_none_or(|(fewest, _)| words + 1 < fewest)
                {
                    best[end] = Some((words + 1, start));
                }
            }
        }
        let mut parts = Vec::new();
        let mut end = typed.len();
        while end > 0 {
            let Some((_, start)) = best[end] else { return Vec::new() };
            parts.extend(self.named(self.by_syllables.get(&typed[start..end])).into_iter().next());
            end = start;
        }
        parts.reverse();
        if parts.is_empty() { parts } else { vec![parts.concat()] }
    }

    /// Words that sound the same or, unless `only_by_sound`, differ in one letter: the same sound first, then the more
    /// frequent.
    pub(super) fn similar(&self, word: &str, only_by_sound: bool) -> Vec<String> {
        let letters: Vec<char> = word.chars().collect();
        let sound = syllables(word).map(|(syllables, _)| syllables);
        let mut found: Vec<u32> =
            sound.iter().filter_map(|sound| self.by_syllables.get(sound)).flatten().copied().collect();
        if letters.len() > 2 && !only_by_sound {
            for rest in rests(&letters) {
                found.extend(self.by_rest.get(&rest).into_iter().flatten());
            }
        }
        let mut seen = std::collections::HashSet::new();
        found.retain(|number| seen.insert(*number));
        found.into_iter().take(MOST).map(|number| self.words[number as usize].0.clone()).collect()
    }
}

/// Syllables and initials of a word of Han characters.
fn syllables(word: &str) -> Option<(String, String)> {
    let (mut all, mut initials) = (String::new(), String::new());
    for syllable in word.to_pinyin() {
        let syllable = syllable?.plain();
        all.push_str(&syllable.replace('ü', "v"));
        initials.push_str(&syllable[..syllable.chars().next()?.len_utf8()]);
    }
    Some((all, initials))
}

/// The word with each letter in turn left open.
fn rests(letters: &[char]) -> Vec<(String, u8)> {
    (0..letters.len())
        .map(|open| {
            let rest = letters.iter().enumerate().filter(|&(at, _)| at != open).map(|(_, c)| c).collect();
            (rest, u8::try_from(open).unwrap_or(u8::MAX))
        })
        .collect()
}

impl Index {
    /// The words by sound, gathered from the index when first asked for.
    pub(super) fn sounds(&self) -> &Sounds {
        self.sounds.get_or_init(|| {
            let words = self.engine.words().unwrap_or_else(|error| {
                tracing::error!(%error, "the words of the index cannot be read");
                BTreeMap::new()
            });
            let is_spoken =
                |word: &str| (2..=LONGEST).contains(&word.chars().count()) && word.chars().all(|c| !c.is_ascii());
            Sounds::new(words.into_iter().filter(|(word, _)| is_spoken(word)).collect())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sounds() -> Sounds {
        let words = [("公务员", 9), ("创业", 5), ("指导", 7), ("稽核", 8), ("账簿", 2), ("社会保险", 20), ("会计", 3)];
        Sounds::new(words.map(|(word, frequency)| (word.to_owned(), frequency)).to_vec())
    }

    #[test]
    fn words_are_found_by_sound() {
        for (typed, found) in [
            ("gongwuyuan", &["公务员"][..]),
            ("chuangyezhidao", &["创业指导"]),
            ("shbx", &["社会保险"]),
            ("leaking", &[]),
        ] {
            assert_eq!(sounds().sounding_like(typed), found, "{typed}");
        }
    }

    #[test]
    fn slips_are_mended() {
        for (typed, found) in [
            ("稽合", &["稽核"][..]),
            ("帐簿", &["账簿"]),
            ("公务圆", &["公务员"]),
            ("社会保显", &["社会保险"]),
            ("电脑", &[]),
        ] {
            assert_eq!(sounds().similar(typed, false), found, "{typed}");
        }
    }
}
