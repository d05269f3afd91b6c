//! Pages: they work without JavaScript, resolve every hit's address, and show text as text.

mod support;

use axum::http::StatusCode;
use support::Service;

#[tokio::test]
async fn every_answer_has_strict_headers() {
    let service = Service::new();
    let long = format!("/?q={}", "a".repeat(9000));
    for address in ["/", "/?q=a", "/nothing", "/healthz", "/api/v1/search", "/assets/style.css", "/docs", &long] {
        let answer = service.get(address).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self'; script-src 'self';"), "{address}");
        assert!(!policy.contains("unsafe"), "{address}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{address}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{address}");
        // Nothing that the policy forbids is there in the first place.
        for forbidden in ["<script>", " style=", " onclick=", "<iframe", "<style"] {
            assert!(!answer.body.contains(forbidden), "{address}: {forbidden}");
        }
        for address in answer.body.split("href=\"").skip(1) {
            assert!(!address.starts_with("http") && !address.starts_with("//"), "an external resource");
        }
    }
}

#[tokio::test]
async fn the_search_page_shows_marks_links_and_what_was_understood() {
    let service = Service::new();
    let page = service.get("/?q=leak+%E7%A4%BE%E4%BF%9D&utm_source=x&limit=oops").await;
    assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, "text/html; charset=utf-8"));
    for part in [
        "<mark>泄露</mark>用人单位",
        "href=\"/d/boshan/duty/1?q=leak%20%E7%A4%BE%E4%BF%9D#citation-1-article-92\"",
        "href=\"/d/boshan/duty/4?q=leak%20%E7%A4%BE%E4%BF%9D#citation-1-article-92\"",
        "适用于 2 项职责",
        "社保 → <span class=\"term\">社会保险<a href=\"/?q=leak%20%E7%A4%BE%E4%BF%9D&#38;without=%E7%A4%BE%E4%BC%9A%E4%BF%9D%E9%99%A9\"",
        "leak → <span class=\"term\">泄露",
        "data-citation=\"《社会保险法》第九十二条；见《淄博市博山区人力资源和社会保障局责任清单》职责1\"",
        "淄博市博山区人力资源和社会保障局责任清单",
        "value=\"leak 社保\"",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(service.get("/").await.body.contains("<form role=\"search\" action=\"/\""));
    assert!(service.get("/?q=+").await.body.contains("class=\"examples\""));
    assert_eq!(service.get(&format!("/?q={}", "a".repeat(1001))).await.status, StatusCode::BAD_REQUEST);
    assert!(service.get("/?q=zzzz").await.body.contains("没有找到"));
}

#[tokio::test]
async fn filters_and_pages_are_links() {
    let service = Service::new();
    let page = service.get("/?q=%E7%A4%BE%E4%BC%9A%E4%BF%9D%E9%99%A9&collapse=false").await;
    assert!(page.body.contains("&#38;kind=item") || page.body.contains("&amp;kind=item"), "{}", page.body);
    let filtered = service.get("/?q=%E7%A4%BE%E4%BC%9A%E4%BF%9D%E9%99%A9&kind=item&kind=unknown").await;
    assert!(filtered.body.contains("责任事项 ✕"), "{}", filtered.body);
    assert!(filtered.body.contains("1 条结果"), "{}", filtered.body);
    assert!(filtered.body.contains("<input type=\"hidden\" name=\"kind\" value=\"item\">"));
}

#[tokio::test]
async fn hostile_text_is_shown_as_text() {
    let service = Service::new();
    for query in [
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
        "%27%22%3E%3Cb%3E&kind=%3Cb%3E",
    ] {
        for address in [format!("/?q={query}"), format!("/?q=x&document={query}"), format!("/d/{query}")] {
            let page = service.get(&address).await;
            for markup in ["<script>", "<img", "<b>", "=\"\"><", "%22><"] {
                assert!(!page.body.contains(markup), "{address}: {}", page.body);
            }
        }
        let problem = service.get(&format!("/api/v1/search?q=a&{query}=1")).await;
        assert_eq!(problem.header("content-type"), "application/problem+json");
    }
    // So is hostile text of a source.
    for address in
        ["/?q=%E6%A1%A3%E6%A1%88", "/d/%E6%B8%85%E5%8D%95-%E7%94%B2", "/d/%E6%B8%85%E5%8D%95-%E7%94%B2/duty/1"]
    {
        let page = service.get(address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        assert!(!page.body.contains("<script>") && !page.body.contains("<b>"), "{address}");
        assert!(page.body.contains("script&"), "{address}: {}", page.body);
    }
}

#[tokio::test]
async fn every_address_of_a_unit_leads_to_its_words() {
    let service = Service::new();
    let index = service.state.index();
    let ids: Vec<String> = index.documents().map(|(header, _)| header.id.clone()).collect();
    let mut seen = 0;
    for id in ids {
        let (_, units) = index.document(&id).expect("a readable index").expect("a document");
        for unit in &units {
            let address = service.state.links().unit(&unit.id);
            let (page, anchor) = address.split_once('#').unwrap_or((&address, ""));
            let page = service.get(page).await;
            assert_eq!(page.status, StatusCode::OK, "{address}");
            let line = unit.passage.text.lines().next().expect("words");
            let words = line.split('：').next().expect("words").replace('<', "&#60;").replace('>', "&#62;");
            let words = words.split('(').next().expect("words");
            assert!(page.body.contains(words), "{address}: {words}: {}", page.body);
            if !anchor.is_empty() {
                assert!(page.body.contains(&format!("id=\"{anchor}\"")), "{address}");
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 13);
}

#[tokio::test]
async fn an_identifier_as_a_path_leads_to_its_page() {
    let service = Service::new();
    const CASES: &[(&str, StatusCode, &str)] = &[
        // (path, status, where it leads)
        ("/d/boshan", StatusCode::OK, ""),
        ("/d/boshan/duty/4", StatusCode::OK, ""),
        ("/d/boshan/note/1", StatusCode::TEMPORARY_REDIRECT, "/d/boshan#note-1"),
        (
            "/d/boshan/duty/4/citation/1/article/87/circumstance/2",
            StatusCode::TEMPORARY_REDIRECT,
            "/d/boshan/duty/4#citation-1-article-87-circumstance-2",
        ),
        ("/d/boshan/duty/4/citation/9", StatusCode::NOT_FOUND, ""),
        ("/d/boshan/duty/44", StatusCode::NOT_FOUND, ""),
        ("/d/boshan/", StatusCode::NOT_FOUND, ""),
        ("/d/none", StatusCode::NOT_FOUND, ""),
        ("/d/%FF", StatusCode::NOT_FOUND, ""),
        ("/d/", StatusCode::NOT_FOUND, ""),
        ("/nothing", StatusCode::NOT_FOUND, ""),
    ];
    for (path, status, location) in CASES {
        let answer = service.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (*status, *location), "{path}");
    }
    let whole = service.get("/d/boshan").await.body;
    assert!(whole.contains("id=\"duty-4-citation-1-article-87-circumstance-2\""), "{whole}");
    assert!(service.get("/nothing").await.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn routes_and_looks_need_nothing_from_elsewhere() {
    let service = Service::new();
    let docs = service.get("/docs").await;
    for route in ["/api/v1/search", "/api/v1/units/{id}", "/openapi.json"] {
        assert!(docs.body.contains(route), "{route}");
    }
    let style = service.get("/assets/style.css").await;
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert!(!style.body.contains("url(") && !style.body.contains("@import"));
}
