//! Names for somebody who types.

mod support;

use serde_json::{Value, json};
use support::Service;

fn encoded(typed: &str) -> String {
    typed.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn suggestions(service: &Service, typed: &str) -> Vec<Value> {
    let answer = service.get(&format!("/api/v1/suggest?q={}", encoded(typed))).await;
    answer.json()["suggestions"].as_array().expect("a list").clone()
}

#[tokio::test]
async fn names_are_suggested_by_letters_and_by_sound() {
    let service = Service::with_statutes();
    let law = |matched: &str| json!({"text": "社会保险法", "kind": "statute", "id": "社会保险法", "matched": matched});
    #[rustfmt::skip]
    let cases = [
        ("letters and sounds in one are no name", "社会保险f", None),
        ("first letters", "shbxf", Some(law("shbxf"))),
        ("syllables", "she hui bao xian f", Some(law("shehuibaoxianfa"))),
        ("a nickname", "社保法", Some(law("社保法"))),
        ("the nickname by sound", "sbf", Some(law("sbf"))),
        ("a word that has an abbreviation", "社保", Some(json!({"text": "社会保险", "kind": "term", "id": null, "matched": "社保"}))),
        ("a duty by a word in it", "社会保障",
            Some(json!({"text": "负责建立覆盖城乡的社会保障体系", "kind": "duty", "id": "boshan/duty/4", "matched": "负责建立覆盖城乡的社会保障体系"}))),
        ("an article", "社保法92条",
            Some(json!({"text": "《社会保险法》第九十二条", "kind": "citation", "id": "社会保险法/article/92", "matched": "社保法"}))),
        ("an article that is not there", "社保法93条", None),
        ("what is nowhere", "刑法", None),
    ];
    for (reason, typed, first) in cases {
        assert_eq!(suggestions(&service, typed).await.first(), first.as_ref(), "{reason}");
    }
}

#[tokio::test]
async fn a_number_that_is_being_typed_is_completed() {
    let service = Service::with_statutes();
    let found = suggestions(&service, "社会保险法第8").await;
    let texts: Vec<&str> = found.iter().filter_map(|suggestion| suggestion["text"].as_str()).collect();
    assert_eq!(texts, ["《社会保险法》第八条", "《社会保险法》第八十七条"]);
}

#[tokio::test]
async fn suggestions_have_a_limit_and_names_only_from_the_index() {
    let service = Service::new();
    let limited = service.get(&format!("/api/v1/suggest?q={}&limit=1", encoded("社会保"))).await.json();
    assert_eq!(limited["suggestions"].as_array().map(Vec::len), Some(1));
    // The lists cite the law, but the index does not hold it.
    assert!(suggestions(&service, "shbxf").await.is_empty());
}
