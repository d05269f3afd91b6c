//! Permanent links, languages, pasted texts, tables: what pages do beside showing.

mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use support::{Answer, Service};

fn encoded(text: &str) -> String {
    let percent =
        |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(percent).collect()
}

/// The permanent address of the unit with this anchor on a page.
fn permalink(page: &str, anchor: &str) -> String {
    let addresses = page.split("class=\"permalink\" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut wanted = addresses.filter(|address| address.split_once('#').map_or("", |(_, anchor)| anchor) == anchor);
    wanted.next().unwrap_or_else(|| panic!("{anchor}: {page}")).to_owned()
}

async fn check(service: &Service, text: &str) -> Answer {
    let request = Request::post("/cite").header("content-type", "application/x-www-form-urlencoded");
    service.send(request.body(Body::from(format!("text={}", encoded(text)))).expect("a request")).await
}

#[tokio::test]
async fn a_permanent_link_says_when_its_text_has_changed_and_where_that_stands_now() {
    let service = Service::new();
    let page = service.get("/d/boshan/duty/4").await.body;
    let link = permalink(&page, "citation-1-article-87");
    let (address, anchor) = link.split_once('#').expect("an anchor");
    assert_eq!(anchor, "citation-1-article-87");
    assert!(!service.get(address).await.body.contains("已有变动"), "{address}");

    // The same hash at another place: what stands there is another text.
    let elsewhere = address.replace("citation-1-article-87", "item-1");
    let page = service.get(&elsewhere).await.body;
    for part in ["此链接所指的文字已有变动", "原文字现见于", "href=\"/d/boshan/duty/4#citation-1-article-87\""]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    // On a page that is no more.
    let gone = service.get(&address.replace("duty/4", "duty/44")).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(gone.body.contains("href=\"/d/boshan/duty/4#citation-1-article-87\""), "{}", gone.body);
    // In a document that is no more: another list has the text.
    let gone = service.get(&address.replace("boshan", "old")).await;
    assert!(gone.body.contains("href=\"/d/boshan/duty/4#citation-1-article-87\""), "{}", gone.body);
    // Nowhere.
    let page = service.get("/d/boshan/duty/4?v=00000000-item-1").await.body;
    assert!(page.contains("已没有原文字"), "{page}");
    assert!(!service.get("/d/boshan/duty/4?v=oops").await.body.contains("已有变动"));
    // A circumstance has a link of its own.
    let circumstance = permalink(&page, "citation-1-article-87-circumstance-2");
    assert!(!service.get(circumstance.split('#').next().expect("an address")).await.body.contains("已有变动"));
}

#[tokio::test]
async fn an_articles_link_names_its_version() {
    let service = Service::with_statutes();
    let law = encoded("社会保险法");
    let page = service.get(&format!("/s/{law}/article/92")).await.body;
    let link = permalink(&page, "");
    assert!(link.contains("@2018-12-29/article/92?v="), "{link}");
    assert!(page.contains("《社会保险法》第九十二条（2018-12-29文本，"), "{page}");
    assert!(!service.get(&link).await.body.contains("已有变动"));
    // The older version has other words; the link's are in the newer one.
    let older = service.get(&link.replace("@2018-12-29", "@2010-10-28")).await.body;
    assert!(older.contains("已有变动") && older.contains("@2018-12-29/article/92\">"), "{older}");
}

#[tokio::test]
async fn what_was_looked_for_is_marked_where_it_was_found() {
    let service = Service::with_statutes();
    let page = service.get(&format!("/d/boshan/duty/4?q={}", encoded("个人信息"))).await.body;
    assert!(page.contains("泄露用人单位和<mark>个人信息</mark>的"), "{page}");
    let article = service.get(&format!("/s/{}/article/92?q=leak", encoded("社会保险法"))).await.body;
    assert!(article.contains("工作人员<mark>泄露</mark>用人单位"), "{article}");
}

#[tokio::test]
async fn a_step_of_what_was_understood_is_taken_out_by_a_link() {
    let service = Service::new();
    let page = service.get(&format!("/?q=leak+{}&without={}", encoded("社保"), encoded("社会保险"))).await.body;
    assert!(!page.contains("社会保险<a href"), "{page}");
    assert!(page.contains("leak → "), "{page}");
    assert!(page.contains("不查：社会保险 ✕"), "{page}");
    let terms = |answer: Answer| answer.json()["query"]["terms"].as_array().map(Vec::len);
    let social = encoded("社保");
    let all = terms(service.get(&format!("/api/v1/search?q={social}")).await);
    let fewer = terms(service.get(&format!("/api/v1/search?q={social}&without={}", encoded("社会保险"))).await);
    assert_eq!(all, fewer.map(|fewer| fewer + 1));
}

#[tokio::test]
async fn pages_speak_english_to_whoever_prefers_it_or_switches() {
    let service = Service::new();
    let asked = |address: &str, name: &str, value: &str| {
        service.send(Request::get(address).header(name, value).body(Body::empty()).expect("a request"))
    };
    let english = asked("/?q=leak", "accept-language", "en-GB,en;q=0.8").await;
    assert!(
        english.body.contains("<html lang=\"en\">") && english.body.contains("Ground of liability"),
        "{}",
        english.body
    );
    assert!(
        english.body.contains("泄露用人单位") || english.body.contains("<mark>泄露</mark>"),
        "the text stays as printed"
    );
    assert!(english.header("vary").contains("accept-language"));
    let chinese = service.get("/?q=leak").await;
    assert!(chinese.body.contains("href=\"/?q=leak&#38;lang=en\""), "{}", chinese.body);
    let switched = service.get("/about?lang=en").await;
    assert!(switched.header("set-cookie").starts_with("lang=en; Path=/;"), "{:?}", switched.headers);
    assert!(asked("/about", "cookie", "lang=en").await.body.contains("About this site"));
    assert_eq!(chinese.header("set-cookie"), "");
}

#[tokio::test]
async fn every_citation_of_a_pasted_text_is_marked_and_explained() {
    let service = Service::with_statutes();
    let text = "依据《社会保险法》第九十二条，不是《没有的法》第三条。<b>粗</b>";
    let page = check(&service, text).await;
    assert_eq!(page.status, StatusCode::OK);
    for part in [
        "找到 2 处引用",
        "<mark id=\"place-1\"><a href=\"#citation-1\">《社会保险法》第九十二条</a></mark>",
        "<mark id=\"place-2\" class=\"missing\"><a href=\"#citation-2\">《没有的法》第三条</a></mark>",
        "现行有效",
        "/article/92\">查看第九十二条（2018-12-29文本）",
        "未能对上的引用（1）",
        "未收录该法规",
        "&#60;b&#62;粗",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(check(&service, "没有引用").await.body.contains("没有找到引用"));
    assert!(service.get("/cite").await.body.contains("<form class=\"paste\" action=\"/cite\" method=\"post\">"));
    let post = |body: Vec<u8>| service.send(Request::post("/cite").body(Body::from(body)).expect("a request"));
    assert_eq!(post(b"other=1".to_vec()).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(post(b"text=%FF".to_vec()).await.status, StatusCode::BAD_REQUEST);
    let long = post(format!("text={}", "a".repeat(1_100_000)).into_bytes()).await;
    assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(long.body.contains("文字过长"), "{}", long.body);
    let longer = post(format!("text={}", "a".repeat(3_200_000)).into_bytes()).await;
    assert_eq!(longer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn results_and_duties_are_tables_that_spreadsheets_open() {
    let service = Service::with_statutes();
    let table = service.get("/export/search.csv?q=leak").await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(table.header("content-disposition"), "attachment; filename*=UTF-8''lawcite.csv");
    assert!(table.body.starts_with("\u{feff}序号,类别,标题,文字,"), "{}", table.body);
    assert!(table.body.contains("\r\n1,追责依据,《社会保险法》第九十二条,泄露用人单位和个人信息的,"), "{}", table.body);
    let duty = service.get("/export/d/boshan/duty/4.csv").await;
    assert!(duty.body.contains("《淄博市博山区人力资源和社会保障局责任清单》职责4责任事项1"), "{}", duty.body);
    assert!(duty.body.contains("引用后法规有修改 · 文字相符"), "{}", duty.body);
    let whole = service.get(&format!("/export/d/{}.csv", encoded("清单-甲"))).await;
    assert!(whole.body.contains("<script>alert(1)</script>"), "{}", whole.body);
    for nothing in ["/export/d/none.csv", "/export/d/boshan/duty/44.csv", "/export/d/boshan"] {
        assert_eq!(service.get(nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
    assert_eq!(service.get("/export/search.csv").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_site_says_what_it_holds() {
    let service = Service::with_statutes();
    let about = service.get("/about").await.body;
    for part in ["数据日期", "<dt>法规文本</dt><dd>3</dd>", "淄博市博山区人力资源和社会保障局责任清单", "lawcite 0."]
    {
        assert!(about.contains(part), "{part}: {about}");
    }
}
