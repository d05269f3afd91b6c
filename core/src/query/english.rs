//! English in a query: function words, and the base forms a glossary is looked up by.

/// Words without content of their own in a question.
const FUNCTION_WORDS: &str = "
a an the this that these those there here it its they them their he she his her him i me my we us our you your who whom whose which what
when where why how is are was were be been being am do does did done doing have has had having can could may might must shall should will
would of for to in on at by with from about into onto over under between among against as than then so if or and but not no nor any some
every each all both either neither such same other another much many more most few little own only just also too very up out off down again
further once because while during before after until since per via get gets got getting give given need needs want wants please tell
someone somebody anyone anybody something anything one ones s t there's who's what's
";

pub(super) fn is_function_word(word: &str) -> bool {
    static WORDS: once_cell::sync::Lazy<std::collections::HashSet<&str>> =
        once_cell::sync::Lazy::new(|| FUNCTION_WORDS.split_whitespace().collect());
    WORDS.contains(word)
}

/// The word itself and what it may be a form of, likeliest first: leaking → leaking, leak, leake; bodies → bodies, body.
///
/// Rules, not a dictionary: a wrong form is simply not in the glossary.
pub(crate) fn base_forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    let mut add = |form: String| {
        if form.len() > 1 && !forms.contains(&form) {
            forms.push(form);
        }
    };
    let word = word.strip_suffix("'s").unwrap_or(word);
    add(word.to_owned());
    if let Some(stem) = word.strip_suffix("ies") {
        add(format!("{stem}y"));
    }
    if let Some(stem) = word.strip_suffix("es") {
        add(stem.to_owned());
    }
    if let Some(stem) = word.strip_suffix('s').filter(|stem| !stem.ends_with('s')) {
        add(stem.to_owned());
    }
    if let Some(stem) = word.strip_suffix("ied") {
        add(format!("{stem}y"));
    }
    for suffix in ["ed", "ing", "er", "or"] {
        let Some(stem) = word.strip_suffix(suffix).filter(|stem| stem.len() > 1) else { continue };
        add(stem.to_owned());
        add(format!("{stem}e"));
        let mut letters = stem.chars().rev();
        if let (Some(last), Some(before)) = (letters.next(), letters.next())
            && last == before
        {
            add(stem[..stem.len() - last.len_utf8()].to_owned());
        }
    }
    forms
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
            ("lent", "lent"),
            ("hiring", "hire"),
            ("transferred", "transfer"),
            ("supplied", "supply"),
            ("managed", "manage"),
            ("employer's", "employer"),
        ] {
            assert!(base_forms(form).iter().any(|found| found == base), "{form}: {:?}", base_forms(form));
        }
        assert!(is_function_word("the") && !is_function_word("liable"));
    }
}
