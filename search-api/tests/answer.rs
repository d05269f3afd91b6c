//! The answer card of a search.

mod support;

use serde_json::{Value, json};
use support::Service;

async fn answer(service: &Service, query: &str) -> Value {
    let query: String = query
        .bytes()
        .map(|byte| if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    service.get(&format!("/api/v1/search?{query}")).await.json()["answer"].clone()
}

#[tokio::test]
async fn a_question_about_liability_has_a_card_in_the_words_of_the_article() {
    let service = Service::with_statutes();
    insta::assert_json_snapshot!(answer(&service, "q=泄露用人单位和个人信息怎么追责").await);
}

#[tokio::test]
async fn without_the_statute_the_clause_alone_speaks() {
    let card = answer(&Service::new(), "q=泄露用人单位和个人信息怎么追责").await;
    let ground = &card["grounds"][0];
    assert_eq!(card["says"], true);
    for part in ["subject", "persons", "consequence", "source"] {
        assert_eq!(ground[part], Value::Null, "{part}");
    }
    assert_eq!(ground["listed_by"], "淄博市博山区人力资源和社会保障局");
    assert_eq!(ground["duties"], json!(["boshan/duty/1", "boshan/duty/4"]));
    assert_eq!(card["caveat"], "boshan/note/1");
}

#[tokio::test]
async fn the_card_belongs_to_the_question_and_not_to_the_page() {
    let service = Service::with_statutes();
    let card = answer(&service, "q=泄露用人单位和个人信息怎么追责").await;
    for page in ["&offset=5", "&limit=1", "&collapse=false", "&kind=service"] {
        assert_eq!(answer(&service, &format!("q=泄露用人单位和个人信息怎么追责{page}")).await, card, "{page}");
    }
}

#[tokio::test]
async fn an_article_answers_where_no_list_does() {
    let card = answer(&Service::with_statutes(), "q=未登记 未报告怎么追责").await;
    let ground = &card["grounds"][0];
    assert_eq!(ground["unit"], "社会保险法@2018-12-29/article/87", "{card}");
    assert_eq!((&ground["source"], &ground["listed_by"]), (&ground["unit"], &Value::Null));
    assert_eq!((&ground["subject"], &ground["consequence"]), (&Value::Null, &json!("责令改正")));
    assert_eq!(card["caveat"], Value::Null);
}

#[tokio::test]
async fn what_nothing_says_is_said_not_to_be_said() {
    let service = Service::with_statutes();
    let card = answer(&service, "q=虐待动物怎么追责").await;
    assert_eq!(card, json!({"kind": "liability", "says": false, "grounds": [], "caveat": null}));
}

#[tokio::test]
async fn a_search_that_asks_nothing_has_no_card() {
    let service = Service::with_statutes();
    for query in ["q=泄露用人单位和个人信息", "q=社保登记电话", "q=，"] {
        assert_eq!(answer(&service, query).await, Value::Null, "{query}");
    }
}

#[tokio::test]
async fn the_search_page_shows_the_card_on_its_first_page() {
    let service = Service::with_statutes();
    let question = "泄露用人单位和个人信息怎么追责".bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let page = service.get(&format!("/?q={question}")).await.body;
    for words in [
        "谁承担责任",
        "<strong>工作人员</strong>",
        "依法给予处分",
        "/article/92",
        "列入者不因此即为承担责任者",
        "#note-1\">见注",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!service.get(&format!("/?q={question}&offset=10")).await.body.contains("谁承担责任"));
}
