//! Statutes and citations: over HTTP, and as pages.

mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use support::{Answer, Service};

const NEWER: &str = "社会保险法@2018-12-29";
const OLDER: &str = "社会保险法@2010-10-28";

/// An address as a browser writes it.
fn encoded(address: &str) -> String {
    let percent = |c: char| c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
    address.chars().map(|c| if c.is_ascii() { c.to_string() } else { percent(c) }).collect()
}

async fn get(service: &Service, address: &str) -> Answer {
    service.get(&encoded(address)).await
}

async fn extract(service: &Service, content_type: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post("/api/v1/citations/extract").header("content-type", content_type).body(body.into());
    service.send(request.expect("a request")).await
}

#[tokio::test]
async fn statutes_are_listed_in_their_newest_versions() {
    let service = Service::with_statutes();
    let all = get(&service, "/api/v1/statutes").await.json();
    assert_eq!(all["total"], 2);
    for (name, query, expected) in [
        ("a nickname", "社保法", &[NEWER][..]),
        ("a part of the name", "保险", &[NEWER]),
        ("as printed", "《中华人民共和国社会保险法》", &[NEWER]),
        ("several", "", &["某市关于停止焚烧旧纸的决定@undated", NEWER]),
        ("none", "刑法", &[]),
    ] {
        let found = get(&service, &format!("/api/v1/statutes?q={query}")).await.json();
        let mut ids: Vec<&str> =
            found["statutes"].as_array().expect("a list").iter().filter_map(|one| one["id"].as_str()).collect();
        ids.sort_unstable();
        assert_eq!(ids, expected, "{name}");
    }
    insta::assert_json_snapshot!(get(&service, "/api/v1/statutes?q=社保法").await.json());
    let second = get(&service, "/api/v1/statutes?limit=1&offset=1").await.json();
    assert_eq!(second["statutes"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_statute_is_found_by_every_name() {
    let service = Service::with_statutes();
    for (id, found) in [
        (NEWER, NEWER),
        (OLDER, OLDER),
        ("社会保险法", NEWER),
        ("社保法", NEWER),
        ("社保法@2010-10-28", OLDER),
        ("中华人民共和国社会保险法", NEWER),
    ] {
        assert_eq!(get(&service, &format!("/api/v1/statutes/{id}")).await.json()["id"], found, "{id}");
    }
    for nothing in ["刑法", "社会保险法@1999-01-01", "boshan", "社会保险法/", "社会保险法/articles"] {
        assert_eq!(
            get(&service, &format!("/api/v1/statutes/{nothing}")).await.status,
            StatusCode::NOT_FOUND,
            "{nothing}"
        );
    }
    insta::assert_json_snapshot!(get(&service, "/api/v1/statutes/社会保险法").await.json());
    assert_eq!(get(&service, &format!("/api/v1/statutes/{OLDER}")).await.json()["status"], "amended");
}

#[tokio::test]
async fn an_article_comes_with_its_paragraphs_and_who_cites_it() {
    let service = Service::with_statutes();
    insta::assert_json_snapshot!("article", get(&service, "/api/v1/statutes/社保法/articles/87").await.json());
    let leaking = get(&service, "/api/v1/statutes/社会保险法/articles/92").await.json();
    assert_eq!(leaking["versions"], json!([format!("{OLDER}/article/92")]));
    assert_eq!(leaking["cited_by_total"], 2);
    let citing = &leaking["cited_by"][1];
    assert_eq!(
        (&citing["unit"], &citing["label"], &citing["document"]),
        (&json!("boshan/duty/4/citation/1/article/92"), &json!("负责建立覆盖城乡的社会保障体系"), &json!("boshan"))
    );
    let second = get(&service, "/api/v1/statutes/社会保险法/articles/92?limit=1&offset=1").await.json();
    assert_eq!((&second["cited_by"], &second["cited_by_total"]), (&json!([citing]), &json!(2)));
    // An article cites others of its statute; those of older versions do not count.
    let cited = get(&service, "/api/v1/statutes/社会保险法/articles/8").await.json();
    let citing: Vec<&str> =
        cited["cited_by"].as_array().expect("a list").iter().filter_map(|one| one["unit"].as_str()).collect();
    assert!(citing.contains(&"社会保险法@2018-12-29/article/92"), "{citing:?}");
    for nothing in ["社会保险法/articles/99", "社会保险法/articles/x", "刑法/articles/1", "社会保险法/articles/87/x"]
    {
        assert_eq!(
            get(&service, &format!("/api/v1/statutes/{nothing}")).await.status,
            StatusCode::NOT_FOUND,
            "{nothing}"
        );
    }
}

#[tokio::test]
async fn a_citation_is_resolved_in_any_spelling() {
    let service = Service::with_statutes();
    insta::assert_json_snapshot!("resolved", get(&service, "/api/v1/citations/resolve?q=社保法92条").await.json());
    for (name, query, article, outcome) in [
        ("as printed", "《社会保险法》第九十二条", json!("社会保险法@2018-12-29/article/92"), json!("resolved")),
        (
            "an older version that is there",
            "《社会保险法》（2010年10月28日通过）第九十二条",
            json!("社会保险法@2010-10-28/article/92"),
            json!("resolved"),
        ),
        (
            "a version that is not there",
            "《社会保险法》（2005年1月通过）第九十二条",
            Value::Null,
            json!("other-version"),
        ),
        ("no such article", "社保法第九百条", Value::Null, json!("article-absent")),
        ("a statute that is not there", "《刑法》第三条", Value::Null, json!("statute-unknown")),
        ("a statute", "《社会保险法》", Value::Null, json!("resolved")),
        ("no citation", "泄露信息", Value::Null, Value::Null),
    ] {
        let answer = get(&service, &format!("/api/v1/citations/resolve?q={query}")).await.json();
        assert_eq!(answer["article"]["id"], article, "{name}");
        assert_eq!(answer["citation"]["resolution"]["outcome"], outcome, "{name}");
    }
}

#[tokio::test]
async fn citations_are_extracted_from_a_text() {
    let service = Service::with_statutes();
    let body = json!({"text": "😀依照社保法第九十二条、第八十七条，参照《刑法》。"}).to_string();
    let answer = extract(&service, "application/json; charset=utf-8", body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    insta::assert_json_snapshot!("extracted", answer.json());
    let json = "application/json";
    let large = |letter: &str| json!({"text": letter.repeat(1024 * 1024 / letter.len())}).to_string();
    let escaped = format!("{{\"text\": \"{}\"}}", "\\u300a".repeat(300_000));
    let cases: &[(&str, &str, String, u16)] = &[
        // (what the row shows, content type, body, status)
        ("nothing to find", json, json!({"text": ""}).to_string(), 200),
        ("as much as may be", json, large("《"), 200),
        ("escaped it is larger, and still read", json, escaped, 200),
        ("too much", json, json!({"text": "a".repeat(1024 * 1024 + 1)}).to_string(), 413),
        ("too much of anything", json, " ".repeat(7 * 1024 * 1024), 413),
        ("a form", "application/x-www-form-urlencoded", "text=a".to_owned(), 415),
        ("plain text", "text/plain", json!({"text": "a"}).to_string(), 415),
        ("no JSON", json, "《社会保险法》".to_owned(), 400),
        ("no text", json, "{}".to_owned(), 400),
        ("an unknown field", json, json!({"text": "a", "names": []}).to_string(), 400),
        ("another type", json, json!({"text": 1}).to_string(), 400),
        ("nothing", json, String::new(), 400),
    ];
    for (name, content_type, body, status) in cases {
        let answer = extract(&service, content_type, body.clone()).await;
        assert_eq!(answer.status.as_u16(), *status, "{name}: {}", answer.body.chars().take(200).collect::<String>());
        if *status != 200 {
            assert_eq!(answer.header("content-type"), "application/problem+json", "{name}");
            assert_eq!(answer.json()["status"], *status, "{name}");
        }
    }
    let get = service.get("/api/v1/citations/extract").await;
    assert_eq!((get.status, get.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "POST"));
    assert_eq!(get.json()["detail"], "this address takes POST only");
    let unknown = Request::post("/api/v1/citations/extract?x=1").header("content-type", json).body(Body::from("{}"));
    assert_eq!(service.send(unknown.expect("a request")).await.json()["parameter"], "x");
}

#[tokio::test]
async fn a_units_citations_say_what_they_mean() {
    let service = Service::with_statutes();
    let provision = get(&service, "/api/v1/units/boshan/duty/4/citation/1/article/92").await.json();
    // 2010年10月 is a version that is there, and it has the words.
    assert_eq!(
        provision["citations"][0]["resolution"],
        json!({
            "outcome": "resolved", "ids": [format!("{OLDER}/article/92")], "status": "amended",
            "quotation": {"verdict": "matches", "moved_to": null}
        })
    );
    assert_eq!(provision["articles"][0]["text"], "工作人员泄露用人单位和个人信息的，依法给予处分。");
    let item = get(&service, "/api/v1/units/boshan/duty/4/item/1").await.json();
    assert_eq!(item["citations"][0]["resolution"]["outcome"], "statute-unknown");
    assert_eq!(item["articles"], json!([]));
    let article = get(&service, "/api/v1/units/社会保险法/article/92").await.json();
    assert_eq!(article["unit"]["id"], format!("{NEWER}/article/92"));
    assert_eq!(article["citations"][0]["resolution"]["ids"], json!([format!("{NEWER}/article/8")]));
    assert_eq!(article["cited_by_total"], 2);
    assert_eq!(article["cited_by"][0], "boshan/duty/1/citation/1/article/92");
}

#[tokio::test]
async fn statutes_are_no_documents() {
    let service = Service::with_statutes();
    assert_eq!(service.get("/api/v1/documents").await.json()["total"], 2);
    for id in [NEWER, "社会保险法"] {
        assert_eq!(get(&service, &format!("/api/v1/documents/{id}")).await.status, StatusCode::NOT_FOUND, "{id}");
        let page = get(&service, &format!("/d/{id}")).await;
        assert_eq!(page.header("location"), encoded(&format!("/s/{NEWER}")), "{id}");
    }
}

#[tokio::test]
async fn a_statute_is_a_page_and_so_is_each_article() {
    let service = Service::with_statutes();
    let law = get(&service, "/s/社会保险法").await;
    assert_eq!(law.status, StatusCode::OK);
    for part in [
        "<h1 lang=\"zh-CN\">中华人民共和国社会保险法</h1>",
        "法律 · 全国人民代表大会常务委员会 · 2018-12-29文本 · 现行有效",
        "2010-10-28 第十一届全国人民代表大会常务委员会第十七次会议通过",
        "<h2 id=\"chapter-2\">第二章 法律责任</h2>",
        "<section id=\"article-92\" class=\"unit\">",
        "<li>（二）未报告的。</li>",
        &encoded("href=\"/s/社会保险法@2010-10-28\""),
        &encoded("href=\"/s/社会保险法@2018-12-29/article/92\""),
    ] {
        assert!(law.body.contains(part), "{part}: {}", law.body);
    }
    assert!(!law.body.contains("<b>社会保险</b>"), "text of a source is no markup");
    let older = get(&service, &format!("/s/{OLDER}")).await.body;
    assert!(older.contains("这不是最新文本") && older.contains("已有修改"), "{older}");

    let article = get(&service, "/s/社会保险法/article/87").await.body;
    for part in [
        "<h1 lang=\"zh-CN\">社会保险法第八十七条 ",
        "第二章 法律责任",
        "<section id=\"paragraph-2\">\n<p>情节严重的，处以罚款。</p>",
        "rel=\"prev\"",
        "rel=\"next\"",
        "其他文本中的第八十七条",
    ] {
        assert!(article.contains(part), "{part}: {article}");
    }
    let leaking = get(&service, "/s/社会保险法/article/92").await.body;
    assert!(leaking.contains("引用本条的条目（2）"), "{leaking}");
    assert!(leaking.contains("href=\"/d/boshan/duty/4#citation-1-article-92\""), "{leaking}");

    for (path, status, location) in [
        ("/s/社保法/article/92", StatusCode::TEMPORARY_REDIRECT, "/s/社会保险法@2018-12-29/article/92"),
        (
            "/s/某市关于停止焚烧旧纸的决定/para/1",
            StatusCode::TEMPORARY_REDIRECT,
            "/s/某市关于停止焚烧旧纸的决定@undated#para-1",
        ),
        ("/s/某市关于停止焚烧旧纸的决定", StatusCode::OK, ""),
        ("/s/社会保险法/article/99", StatusCode::NOT_FOUND, ""),
        ("/s/社会保险法/para/1", StatusCode::NOT_FOUND, ""),
        ("/s/社会保险法/article", StatusCode::NOT_FOUND, ""),
        ("/s/刑法", StatusCode::NOT_FOUND, ""),
        ("/s/boshan", StatusCode::NOT_FOUND, ""),
        ("/s/%FF", StatusCode::NOT_FOUND, ""),
    ] {
        let answer = get(&service, path).await;
        assert_eq!((answer.status, answer.header("location")), (status, encoded(location).as_str()), "{path}");
    }
}

#[tokio::test]
async fn a_list_says_beside_each_provision_what_became_of_it() {
    let service = Service::with_statutes();
    let duty = service.get("/d/boshan/duty/4").await.body;
    for part in [
        "引用后法规有修改",
        "文字相符",
        &format!("href=\"{}\"", encoded("/s/社会保险法@2010-10-28/article/92")),
        "<summary>条文</summary><p class=\"law\" lang=\"zh-CN\">工作人员<mark>泄露用人单位和个人信息的</mark>，依法给予处分。</p>",
    ] {
        assert!(duty.contains(part), "{part}: {duty}");
    }
    // Without statutes nothing is said of them.
    assert!(!Service::new().get("/d/boshan/duty/4").await.body.contains("class=\"check\""));
}

#[tokio::test]
async fn a_citation_that_cannot_be_met_is_told() {
    let service = Service::with_statutes();
    for (query, notices) in [
        ("社保法92条", json!([])),
        ("社保法999条", json!(["所收《社会保险法》文本没有第九百九十九条"])),
        ("社会保险法第九十二条第九款", json!(["所收《社会保险法》文本没有第九十二条第九款"])),
        ("合同法52条", json!(["《合同法》已废止，由《民法典》取代；未收录其条文"])),
        ("《合同法》第五十二条", json!(["《合同法》已废止，由《民法典》取代；未收录其条文"])),
        ("劳动合同法52条", json!([])),
    ] {
        let answer = get(&service, &format!("/api/v1/search?q={query}")).await.json();
        assert_eq!(answer["notices"], notices, "{query}");
        let page = get(&service, &format!("/?q={query}")).await.body;
        assert!(notices[0].as_str().is_none_or(|notice| page.contains(notice)), "{query}: {page}");
    }
}

#[tokio::test]
async fn a_paragraph_that_is_cited_is_what_is_shown() {
    let service = Service::with_statutes();
    let clauses = async |query: &str| {
        let answer = get(&service, &format!("/api/v1/search?q={query}&kind=article")).await.json();
        answer["hits"][0]["clauses"].clone()
    };
    let whole = clauses("社会保险法第九十二条").await;
    let first = clauses("社会保险法第九十二条第一款").await;
    assert_eq!(first.as_array().map(Vec::len), Some(1), "{first}");
    assert_eq!(first[0]["segments"][0]["marked"], true, "{first}");
    assert_ne!(whole, first);
}
