//! Audits and comparisons over HTTP, and their pages.

mod support;

use axum::http::StatusCode;
use support::Service;

#[tokio::test]
async fn a_list_is_audited_against_the_law_of_today() {
    let service = Service::with_statutes();
    let answer = service.get("/api/v1/documents/boshan/audit").await;
    assert_eq!(answer.status, StatusCode::OK);
    let audit = answer.json();
    let found: Vec<String> = audit["citations"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|citation| {
            let text = |value: &serde_json::Value| value.as_str().unwrap_or("–").to_owned();
            format!(
                "{} line {}: {} {}",
                text(&citation["text"]),
                citation["place"]["line"],
                text(&citation["finding"]),
                text(&citation["present"]["id"])
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            "《社会保险法》第九十二条 line 12: unchanged 社会保险法@2018-12-29/article/92",
            "《劳动法》第三条 line 41: not-in-corpus –",
            "《社会保险法》第九十二条 line 43: unchanged 社会保险法@2018-12-29/article/92",
            "《社会保险法》第八十七条 line 44: absent 社会保险法@2018-12-29/article/87",
        ]
    );
    assert_eq!(audit["totals"]["citations"], 4);
    assert_eq!(audit["file"], "seeds/boshan.md");
    let filtered = service.get("/api/v1/documents/boshan/audit?finding=absent").await.json();
    assert_eq!(
        (filtered["citations"].as_array().map(Vec::len), &filtered["totals"]["citations"]),
        (Some(1), &4.into())
    );
}

#[tokio::test]
async fn an_audit_is_downloaded_as_a_table() {
    let service = Service::with_statutes();
    let csv = service.get("/api/v1/documents/%E6%B8%85%E5%8D%95-%E7%94%B2/audit?format=csv").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        csv.header("content-disposition"),
        "attachment; filename*=UTF-8''%E6%B8%85%E5%8D%95-%E7%94%B2-audit.csv"
    );
    assert!(csv.body.starts_with("\u{feff}结论,引用,"), "{}", csv.body);
    let xlsx = service.get_bytes("/api/v1/documents/boshan/audit?format=xlsx").await;
    assert!(xlsx.starts_with(b"PK"), "a workbook is a zip file");
}

#[tokio::test]
async fn what_cannot_be_audited_is_said() {
    let service = Service::with_statutes();
    for (address, status) in [
        ("/api/v1/documents/nowhere/audit", StatusCode::NOT_FOUND),
        ("/api/v1/documents/%E7%A4%BE%E4%BC%9A%E4%BF%9D%E9%99%A9%E6%B3%95/audit", StatusCode::NOT_FOUND),
        ("/api/v1/documents/boshan/audit?finding=wrong", StatusCode::BAD_REQUEST),
        ("/api/v1/documents/boshan/audit?format=pdf", StatusCode::BAD_REQUEST),
        ("/api/v1/documents/boshan/audit?limit=1", StatusCode::BAD_REQUEST),
        ("/api/v1/diff?a=boshan", StatusCode::BAD_REQUEST),
        ("/api/v1/diff?a=boshan&b=nowhere", StatusCode::NOT_FOUND),
        ("/audit/nowhere", StatusCode::NOT_FOUND),
        ("/diff?a=boshan&b=nowhere", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(service.get(address).await.status, status, "{address}");
    }
}

#[tokio::test]
async fn the_pages_show_it_without_scripts_or_styles_of_their_own() {
    let service = Service::with_statutes();
    let audit = service.get("/audit/boshan").await;
    assert_eq!(audit.status, StatusCode::OK);
    for words in ["文字一致", "未收录", "?finding=absent", "audit?format=xlsx", "第九十二条"] {
        assert!(audit.body.contains(words), "{words}: {}", audit.body);
    }
    let filtered = service.get("/audit/boshan?finding=absent&unknown=1").await;
    assert!(filtered.body.contains("aria-current") && !filtered.body.contains("第九十二条"), "{}", filtered.body);
    let diff = service.get("/diff?a=boshan&b=%E6%B8%85%E5%8D%95-%E7%94%B2").await;
    assert_eq!(diff.status, StatusCode::OK);
    for words in ["取消", "新增", "不再引用", "《社会保险法》第九十二条"] {
        assert!(diff.body.contains(words), "{words}: {}", diff.body);
    }
    let form = service.get("/diff").await;
    assert!(form.body.contains("<select") && !form.body.contains("不再引用"), "{}", form.body);
    for page in [audit, filtered, diff, form] {
        assert!(!page.body.contains("<script>") && !page.body.contains("style="), "{}", page.body);
    }
}

#[tokio::test]
async fn two_lists_are_compared() {
    let service = Service::with_statutes();
    let diff = service.get("/api/v1/diff?a=boshan&b=%E6%B8%85%E5%8D%95-%E7%94%B2").await.json();
    assert_eq!(
        diff["totals"],
        serde_json::json!({"unchanged": 0, "added": 1, "dropped": 5, "renamed": 0, "changed": 0})
    );
    assert_eq!(diff["citations_added"], serde_json::json!([]));
    let same = service.get("/api/v1/diff?a=boshan&b=boshan").await.json();
    assert_eq!((&same["totals"]["unchanged"], &same["changes"]), (&5.into(), &serde_json::json!([])));
}
