//! English in a query: function words, and the base forms a glossary is looked up by.

/// Words without content of their own in a question.
const FUNCTION_WORDS: &str = "
a an the this that these those there here it its they them their he she his her him i me my we us our you your who whom whose which what
when where why how is are was were be been being am do does did done doing have has had having can could may might must shall should will
would of for to in on at by with from about into onto over under between among against as than then so if or and but not no nor any some
every each all both either neither such same other another much many more most few little own only just also too very up out off down again
further once because while during before after until since per via get gets got getting give given need needs want wants please tell
someone somebody anyone anybody something anything one ones s t there's who's what's happen happens happened occur occurs take takes taken
took taking make makes made making go goes going let lets long often soon put puts come comes came keep keeps kept
able lot lots kind kinds sort thing things try tries trying
";

pub(super) fn is_function_word(word: &str) -> bool {
    static WORDS: once_cell::sync::Lazy<std::collections::HashSet<&str>> =
        once_cell::sync::Lazy::new(|| FUNCTION_WORDS.split_whitespace().collect());
    WORDS.contains(word)
}

/// The word itself and what it may be an inflected form of, likeliest first: leaking → leaking, leak, leake; bodies →
/// bodies, body; paid → paid, pay.
///
/// Rules and the commonest irregular verbs, not a dictionary: a wrong form is simply not in the glossary.
pub(super) fn inflections(word: &str) -> Vec<String> {
    let mut forms = Forms(vec![word.to_owned()]);
    let word = word.strip_suffix("'s").or(word.strip_suffix('\'')).unwrap_or(word);
    forms.add(word.to_owned());
    if let Some(bare) = irregular(word) {
        forms.add(bare.to_owned());
    }
    for (suffix, instead) in [("ies", "y"), ("ied", "y"), ("men", "man")] {
        if let Some(stem) = word.strip_suffix(suffix) {
            forms.add(format!("{stem}{instead}"));
        }
    }
    if let Some(stem) = word.strip_suffix('s').filter(|stem| !stem.ends_with('s')) {
        forms.add(stem.to_owned());
    }
    if let Some(stem) = word.strip_suffix("es") {
        forms.add(stem.to_owned());
    }
    for suffix in ["ed", "ing"] {
        forms.add_stem(word, suffix);
    }
    forms.0
}

/// What the word may be derived from: inspector → inspect, annually → annual, recruitment → recruit, investigation →
/// investigate. Less sure than an inflection: a former is nobody who forms.
pub(super) fn derivations(word: &str) -> Vec<String> {
    let mut derived = Forms(Vec::new());
    for word in inflections(word) {
        for suffix in ["er", "or", "ment", "ly", "able", "ability"] {
            derived.add_stem(&word, suffix);
        }
        for (suffix, instead) in [
            ("ation", "ate"),
            ("ation", "e"),
            ("ation", ""),
            ("ion", "e"),
            ("ion", ""),
            ("al", "e"),
            ("al", ""),
            ("ily", "y"),
        ] {
            if let Some(stem) = word.strip_suffix(suffix).filter(|stem| stem.len() > 2) {
                derived.add(format!("{stem}{instead}"));
            }
        }
    }
    derived.0
}

struct Forms(Vec<String>);

impl Forms {
    fn add(&mut self, form: String) {
        if form.len() > 1 && !self.0.contains(&form) {
            self.0.push(form);
        }
    }

    /// The word without `suffix`: as it is, with an e, with its last letter once if it is doubled.
    fn add_stem(&mut self, word: &str, suffix: &str) {
        let Some(stem) = word.strip_suffix(suffix).filter(|stem| stem.len() > 1) else { return };
        self.add(stem.to_owned());
        self.add(format!("{stem}e"));
        let mut letters = stem.chars().rev();
        if let (Some(last), Some(before)) = (letters.next(), letters.next())
            && last == before
        {
            self.add(stem[..stem.len() - last.len_utf8()].to_owned());
        }
    }
}

/// Past forms that no rule gives, with their verbs.
const IRREGULAR: &str = "
began begin begun begin beaten beat bitten bite broke break broken break brought bring built build bought buy caught catch chose choose chosen
choose dealt deal drawn draw drew draw driven drive drove drive drunk drink fallen fall fell fall felt feel fled flee forbidden forbid
forbade forbid forgotten forget fought fight found find given give gave give grown grow heard hear held hold hidden hide hid hide kept keep
knew know known know laid lay led lead left leave lent lend lost lose met meet paid pay ran run risen rise sold sell sent send shown show
shut shut sought seek sold sell spent spend spoken speak stolen steal stole steal struck strike sworn swear swore swear taught teach told tell
thought think threw throw thrown throw torn tear withdrawn withdraw withdrew withdraw withheld withhold won win wore wear worn wear written
write wrote write children child people person
";

fn irregular(word: &str) -> Option<&'static str> {
    static VERBS: once_cell::sync::Lazy<std::collections::HashMap<&str, &str>> = once_cell::sync::Lazy::new(|| {
        let words: Vec<&str> = IRREGULAR.split_whitespace().collect();
        words.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    });
    VERBS.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_forms_are_among_the_candidates() {
        for (form, base) in [
            ("leaking", "leak"),
            ("schools", "school"),
            ("penalties", "penalty"),
            ("addresses", "address"),
            ("lent", "lend"),
            ("hiring", "hire"),
            ("transferred", "transfer"),
            ("supplied", "supply"),
            ("managed", "manage"),
            ("employer's", "employer"),
            ("workers'", "worker"),
            ("policemen", "policeman"),
        ] {
            assert!(inflections(form).iter().any(|found| found == base), "{form}: {:?}", inflections(form));
        }
        for (form, base) in [
            ("inspectors", "inspect"),
            ("annually", "annual"),
            ("recruitment", "recruit"),
            ("investigations", "investigate"),
            ("supervision", "supervise"),
            ("dismissal", "dismiss"),
        ] {
            assert!(derivations(form).iter().any(|found| found == base), "{form}: {:?}", derivations(form));
            assert!(!inflections(form).iter().any(|found| found == base), "{form}");
        }
        assert!(is_function_word("the") && !is_function_word("liable"));
    }
}
