//! The API: every route, every error.

mod support;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use lawcite_search_api::links::Links;
use serde_json::{Value, json};
use support::Service;

/// Times differ from run to run, scores from one ranking to the next; neither is what these snapshots are about.
fn without_measures(mut answer: Value) -> Value {
    answer["took_us"] = json!("…");
    for list in ["hits", "weak"] {
        for hit in answer[list].as_array_mut().expect("a list") {
            assert!(hit["score"].as_f64().expect("a number") > 0.0);
            hit["score"] = json!("…");
        }
    }
    answer
}

fn ids(answer: &Value) -> Vec<&str> {
    let hits = answer["hits"].as_array().expect("a list");
    hits.iter().map(|hit| hit["id"].as_str().expect("an identifier")).collect()
}

#[tokio::test]
async fn a_search_is_answered_as_the_contract_says() {
    // Both words stand in the clause and none above it, so that which of the equal units is shown is no matter of weights.
    let query = encoded("q=leak 老板&kind=provision&limit=1").replace(' ', "+");
    let answer = Service::new().get(&format!("/api/v1/search?{query}")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "application/json");
    insta::assert_json_snapshot!(without_measures(answer.json()));
}

#[tokio::test]
async fn explained_scores_add_up() {
    let service = Service::new();
    let answer = service.get("/api/v1/search?q=%E6%B3%84%E9%9C%B2%E4%BF%A1%E6%81%AF&explain=true").await.json();
    let hit = &answer["hits"][0];
    let sum: f64 = hit["explain"].as_array().expect("parts").iter().filter_map(|part| part["value"].as_f64()).sum();
    let score = hit["score"].as_f64().expect("a score");
    assert!((sum - score).abs() < 1e-3 * score, "{sum} {score}");
    let plain = service.get("/api/v1/search?q=%E6%B3%84%E9%9C%B2%E4%BF%A1%E6%81%AF").await.json();
    assert_eq!(plain["hits"][0].get("explain"), None);
}

#[tokio::test]
async fn searches_find_and_filter() {
    let service = Service::new();
    const LEAK4: &str = "boshan/duty/4/citation/1/article/92";
    const LEAK1: &str = "boshan/duty/1/citation/1/article/92";
    #[rustfmt::skip]
    let cases: &[(&str, &str, &[&str])] = &[
        // (what the row shows, query string, identifiers)
        ("equal provisions are one hit", "q=泄露用人单位", &[LEAK1]),
        ("or two", "q=泄露用人单位&collapse=false", &[LEAK1, LEAK4]),
        ("the second page of one", "q=泄露用人单位&collapse=false&limit=1&offset=1", &[LEAK4]),
        ("past the end", "q=泄露用人单位&offset=1000", &[]),
        ("exact words", "q=\"个人信息\"", &[LEAK1]),
        ("an unclosed quote closes at the end", "q=\"个人信息", &[LEAK1]),
        ("a kind", "q=社会保险&kind=item", &["boshan/duty/4/item/1"]),
        ("one of two kinds", "q=社会保险&kind=item&kind=service&limit=1", &["boshan/service/1"]),
        ("a document", "q=档案&document=清单-甲&kind=item", &["清单-甲/duty/1/item/1"]),
        ("a document without it", "q=档案&document=boshan", &[]),
        ("a document that is not there", "q=档案&document=%3Cscript%3E", &[]),
        ("a statute and an article", "q=社会保险&statute=社会保险法&article=87", &["boshan/duty/4/citation/1/article/87"]),
        ("a statute that is not there", "q=社会保险&statute=刑法", &[]),
        ("an article that is not there", "q=社会保险&article=120-1", &[]),
        ("all versions", "q=\"个人信息\"&version=all", &[LEAK1]),
        ("a circumstance is no hit of its own", "q=泄露&kind=circumstance", &[]),
        ("without expansion an alias is only itself", "q=社保&expand=false", &[]),
        ("blanks and empty parameters", "q=%20\"个人信息\"+&&", &[LEAK1]),
    ];
    for (name, query, expected) in cases {
        let answer = service.get(&format!("/api/v1/search?{}", encoded(query))).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}: {}", answer.body);
        assert_eq!(ids(&answer.json()), *expected, "{name}");
    }
}

/// What a browser does to a query string that is typed.
fn encoded(query: &str) -> String {
    query.chars().map(|c| if c.is_ascii() && c != '"' { c.to_string() } else { percent(c) }).collect()
}

fn percent(c: char) -> String {
    c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn a_query_without_anything_to_look_for_has_a_notice() {
    let service = Service::new();
    for query in ["-行政", "，。！", " ", "\"\"", "的"] {
        let answer = service.get(&format!("/api/v1/search?q={}", encoded(query).replace(' ', "+"))).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        let answer = answer.json();
        assert_eq!((&answer["total"], &answer["hits"]), (&json!(0), &json!([])), "{query}");
        assert_eq!(answer["notices"].as_array().map(Vec::len), Some(1), "{query}");
    }
}

#[tokio::test]
async fn wrong_parameters_are_named() {
    let service = Service::new();
    let long = format!("q={}", "a".repeat(1001));
    #[rustfmt::skip]
    let cases: &[(&str, &str, Option<&str>)] = &[
        // (path, query string, the parameter at fault)
        ("search", "", Some("q")),
        ("search", "q=", Some("q")),
        ("search", &long, Some("q")),
        ("search", "q=a&q=b", Some("q")),
        ("search", "q=%FF", Some("q")),
        ("search", "q=a&%FF=b", Some("")),
        ("search", "q=a&limit=0", Some("limit")),
        ("search", "q=a&limit=1", None),
        ("search", "q=a&limit=100", None),
        ("search", "q=a&limit=101", Some("limit")),
        ("search", "q=a&limit=1.5", Some("limit")),
        ("search", "q=a&limit=%2B5", Some("limit")),
        ("search", "q=a&limit=99999999999999999999", Some("limit")),
        ("search", "q=a&limit=", Some("limit")),
        ("search", "q=a&limit=1&limit=1", Some("limit")),
        ("search", "q=a&offset=0", None),
        ("search", "q=a&offset=1000", None),
        ("search", "q=a&offset=1001", Some("offset")),
        ("search", "q=a&offset=-1", Some("offset")),
        ("search", "q=a&kind=duty&kind=item", None),
        ("search", "q=a&kind=Duty", Some("kind")),
        ("search", "q=a&article=120-1", None),
        ("search", "q=a&article=%E4%B9%9D%E5%8D%81", Some("article")),
        ("search", "q=a&article=-1", Some("article")),
        ("search", "q=a&version=2018-12-29", Some("version")),
        ("search", "q=a&expand=1", Some("expand")),
        ("search", "q=a&explain=true&explain=true", Some("explain")),
        ("search", "q=a&colapse=false", Some("colapse")),
        ("documents", "limit=100&offset=1000000", None),
        ("suggest", "", Some("q")),
        ("suggest", "q=a&limit=100", None),
        ("suggest", "q=a&limit=0", Some("limit")),
        ("suggest", "q=a&offset=1", Some("offset")),
        ("documents", "limit=101", Some("limit")),
        ("documents", "q=a", Some("q")),
        ("documents/boshan", "limit=1", Some("limit")),
        ("units/boshan/note/1", "x", Some("x")),
        ("statutes", "q=&limit=100&offset=1000000", None),
        ("statutes", &long, Some("q")),
        ("statutes", "limit=0", Some("limit")),
        ("statutes/none", "limit=1", Some("limit")),
        ("statutes/none/articles/1", "limit=101", Some("limit")),
        ("statutes/none/articles/1", "offset=1001", Some("offset")),
        ("citations/resolve", "", Some("q")),
        ("citations/resolve", &long, Some("q")),
        ("citations/resolve", "q=a&limit=100&offset=1000", None),
        ("citations/resolve", "q=a&version=all", Some("version")),
    ];
    for (path, query, parameter) in cases {
        let answer = service.get(&format!("/api/v1/{path}?{query}")).await;
        let name = format!("{path}?{}", query.chars().take(60).collect::<String>());
        match parameter {
            None => assert_eq!(answer.status, StatusCode::OK, "{name}: {}", answer.body),
            Some(parameter) => {
                assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{name}: {}", answer.body);
                assert_eq!(answer.json()["parameter"], *parameter, "{name}");
                assert_eq!(answer.header("content-type"), "application/problem+json", "{name}");
            }
        }
    }
    // 1,000 characters are counted as characters, not bytes.
    let longest = format!("/api/v1/search?q={}", "%E6%B3%95".repeat(1000));
    assert_eq!(service.get(&longest).await.status, StatusCode::OK);
}

#[tokio::test]
async fn problems_read_as_sentences() {
    let service = Service::new();
    let mut problems = Vec::new();
    for address in [
        "/api/v1/search",
        "/api/v1/search?q=a&limit=0",
        "/api/v1/search?q=a&kind=dutty",
        "/api/v1/search?q=a&q=b",
        "/api/v1/search?q=a&sort=date",
        "/api/v1/units/boshan/duty/99",
        "/api/v1/documents/none",
        "/api/v2/search",
    ] {
        problems.push(json!({"address": address, "problem": service.get(address).await.json()}));
    }
    insta::assert_json_snapshot!(problems);
}

#[tokio::test]
async fn what_is_not_there_is_404_and_what_is_not_allowed_405() {
    let service = Service::new();
    for address in [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v1/nothing",
        "/api/v1/documents/",
        "/api/v1/documents/boshan/duty",
        "/api/v1/documents/%FF",
        "/api/v1/documents/..%2F..%2Fetc%2Fpasswd",
        "/api/v1/units/boshan",
        "/api/v1/units/boshan/duty/4/",
        "/api/v1/units/boshan%2Fduty%2F4",
        "/api/v1/units/boshan/duty/4/citation/1/article/87/circumstance/3",
        "/api/v1/units/boshan/duty/4/citation/1/article/87/circumstance/0",
    ] {
        let answer = service.get(address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(answer.json()["status"], 404, "{address}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
    }
    for address in ["/api/v1/search?q=a", "/api/v1/units/boshan/note/1", "/healthz", "/openapi.json"] {
        for method in [Method::POST, Method::DELETE, Method::OPTIONS] {
            let request = Request::builder().method(&method).uri(address).body(Body::empty()).expect("a request");
            let answer = service.send(request).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {address}");
            assert_eq!(answer.json()["title"], "Method Not Allowed");
            assert_eq!(answer.header("allow"), "GET, HEAD", "{method} {address}");
        }
        let request = Request::head(address).body(Body::empty()).expect("a request");
        let answer = service.send(request).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, ""), "{address}");
    }
}

#[tokio::test]
async fn what_is_too_large_is_refused() {
    let service = Service::new();
    let address = format!("/api/v1/search?q={}", "a".repeat(12_300));
    let answer = service.get(&address).await;
    assert_eq!(answer.status, StatusCode::URI_TOO_LONG);
    assert_eq!(answer.json()["title"], "URI Too Long");
    let request = Request::get("/api/v1/search?q=a").header("content-length", "1048577").body(Body::empty());
    let answer = service.send(request.expect("a request")).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.json()["status"], 413);
}

#[tokio::test]
async fn documents_are_listed_and_shown_as_trees() {
    let service = Service::new();
    insta::assert_json_snapshot!("documents", service.get("/api/v1/documents").await.json());
    let second = service.get("/api/v1/documents?limit=1&offset=1").await.json();
    assert_eq!((&second["total"], &second["documents"][0]["id"]), (&json!(2), &json!("清单-甲")));
    let chinese = service.get("/api/v1/documents/%E6%B8%85%E5%8D%95-%E7%94%B2").await.json();
    assert_eq!(chinese["duties"][0]["items"][0]["id"], "清单-甲/duty/1/item/1");
    insta::assert_json_snapshot!("document", service.get("/api/v1/documents/boshan").await.json());
}

#[tokio::test]
async fn a_unit_comes_with_what_is_around_it() {
    let service = Service::new();
    insta::assert_json_snapshot!("unit", service.get("/api/v1/units/boshan/duty/4/item/1").await.json());
    let provision = service.get("/api/v1/units/boshan/duty/4/citation/1/article/87").await.json();
    assert_eq!(provision["parent"], "boshan/duty/4/citation/1");
    assert_eq!(
        provision["children"],
        json!([
            "boshan/duty/4/citation/1/article/87/circumstance/1",
            "boshan/duty/4/citation/1/article/87/circumstance/2"
        ])
    );
    assert_eq!(provision["unit"]["statute"]["id"], "社会保险法");
    let circumstance = service.get("/api/v1/units/boshan/duty/4/citation/1/article/87/circumstance/1").await.json();
    assert_eq!(circumstance["unit"]["kind"], "circumstance");
    assert_eq!(circumstance["unit"]["text"], "未按照本规定第八条核定缴费基数的");
    assert_eq!(circumstance["unit"]["source"], json!({"file": "seeds/boshan.md", "line": 44}));
    assert_eq!(circumstance["parent"], "boshan/duty/4/citation/1/article/87");
    assert_eq!(circumstance["previous"], Value::Null);
    assert_eq!(circumstance["next"], "boshan/duty/4/citation/1/article/87/circumstance/2");
    let duty = service.get("/api/v1/units/boshan/duty/4").await.json();
    assert_eq!(duty["children"], json!(["boshan/duty/4/item/1", "boshan/duty/4/citation/1"]));
    assert_eq!(duty["parent"], Value::Null);
    let chinese = service.get("/api/v1/units/%E6%B8%85%E5%8D%95-%E7%94%B2/duty/1/item/1").await.json();
    assert_eq!(chinese["unit"]["url"], "/d/%E6%B8%85%E5%8D%95-%E7%94%B2/duty/1#item-1");
}

#[tokio::test]
async fn the_server_says_how_it_is() {
    let service = Service::new();
    assert_eq!(service.get("/healthz").await.json()["status"], "ok");
    let ready = service.get("/readyz").await.json();
    assert_eq!((&ready["generation"], &ready["documents"], &ready["units"]), (&json!("000001"), &json!(2), &json!(13)));
}

#[tokio::test]
async fn a_running_server_moves_to_a_new_generation() {
    let service = Service::new();
    let following = tokio::spawn(service.state.clone().follow());
    let folder = service.index_folder().to_owned();
    let current = folder.join("current");
    let title = async || service.get("/api/v1/documents").await.json()["documents"][0]["title"].clone();

    // One that does not open is refused.
    std::fs::write(&current, "000009\n").expect("a file of ours");
    tokio::time::sleep(std::time::Duration::from_millis(1200)).await;
    assert_eq!(title().await, "淄博市博山区人力资源和社会保障局责任清单");
    std::fs::write(&current, "000001\n").expect("a file of ours");

    tokio::task::spawn_blocking(move || support::publish(&folder, "新清单")).await.expect("a new generation");
    for _ in 0..100 {
        if title().await == "新清单" {
            following.abort();
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the server stayed with the old generation");
}

#[tokio::test]
async fn the_description_names_every_route_and_resolves_all_its_references() {
    let description = Service::new().get("/openapi.json").await.json();
    assert!(description["openapi"].as_str().is_some_and(|version| version.starts_with("3.")));
    let paths: Vec<&String> = description["paths"].as_object().expect("paths").keys().collect();
    assert_eq!(
        paths,
        [
            "/api/v1/citations/extract",
            "/api/v1/citations/resolve",
            "/api/v1/diff",
            "/api/v1/documents",
            "/api/v1/documents/{id}",
            "/api/v1/documents/{id}/audit",
            "/api/v1/search",
            "/api/v1/statutes",
            "/api/v1/statutes/{id}",
            "/api/v1/statutes/{id}/articles/{n}",
            "/api/v1/suggest",
            "/api/v1/units/{id}",
            "/healthz",
            "/metrics",
            "/readyz"
        ]
    );
    assert_eq!(description["servers"][0]["url"], "/");
    let mut references = Vec::new();
    collect_references(&description, &mut references);
    assert!(!references.is_empty());
    for reference in references {
        let pointer = reference.strip_prefix('#').expect("a reference into the description");
        assert!(description.pointer(pointer).is_some(), "{reference}");
    }
    for (path, item) in description["paths"].as_object().expect("paths") {
        let operation = item.get("get").unwrap_or(&item["post"]);
        let limited = path.starts_with("/api/");
        for (status, expected) in [("429", limited), ("503", limited || path == "/readyz")] {
            assert_eq!(operation["responses"][status].is_object(), expected, "{path} {status}");
        }
        for (status, response) in operation["responses"].as_object().expect("responses") {
            assert!(response["description"].is_string(), "{path} {status}: a response must be described");
            assert!(response["headers"]["x-request-id"].is_object(), "{path} {status}: its number must be described");
            if matches!(status.as_str(), "429" | "503") {
                assert!(response["headers"]["retry-after"].is_object(), "{path} {status}: when to try again");
            }
        }
    }
    let parameters = description["paths"]["/api/v1/search"]["get"]["parameters"].as_array().expect("parameters");
    let names: Vec<&str> = parameters.iter().filter_map(|parameter| parameter["name"].as_str()).collect();
    assert_eq!(
        names,
        [
            "q",
            "kind",
            "document",
            "statute",
            "article",
            "power_type",
            "department",
            "version",
            "limit",
            "offset",
            "expand",
            "without",
            "collapse",
            "explain"
        ]
    );
    let required: Vec<&Value> = parameters.iter().filter(|parameter| parameter["required"] == true).collect();
    assert_eq!(required.len(), 1, "{required:?}");
    insta::assert_json_snapshot!("search_description", description["paths"]["/api/v1/search"]["get"]);
}

fn collect_references<'v>(value: &'v Value, references: &mut Vec<&'v str>) {
    match value {
        Value::Object(members) => {
            references.extend(members.get("$ref").and_then(Value::as_str));
            members.values().for_each(|value| collect_references(value, references));
        }
        Value::Array(values) => values.iter().for_each(|value| collect_references(value, references)),
        _ => {}
    }
}

#[tokio::test]
async fn under_a_public_url_addresses_are_absolute_and_routes_are_there_twice() {
    let service = Service::under(Links::public("https://law.example/lawcite/").expect("a public URL"));
    for prefix in ["", "/lawcite"] {
        let answer = service.get(&format!("{prefix}/api/v1/search?q={}", encoded("个人信息"))).await.json();
        assert_eq!(
            answer["hits"][0]["url"], "https://law.example/lawcite/d/boshan/duty/1#citation-1-article-92",
            "{prefix}"
        );
        let unit = service.get(&format!("{prefix}/api/v1/units/boshan/note/1")).await.json();
        assert_eq!(unit["unit"]["id"], "boshan/note/1", "{prefix}");
        let unknown = service.get(&format!("{prefix}/api/v1/nothing")).await;
        assert_eq!(unknown.json()["status"], 404, "{prefix}");
        let page = service.get(&format!("{prefix}/d/boshan/duty/4")).await;
        assert!(page.body.contains("href=\"/lawcite/d/boshan\""), "{prefix}: {}", page.body);
    }
    assert_eq!(service.get("/openapi.json").await.json()["servers"][0]["url"], "https://law.example/lawcite/");
}
