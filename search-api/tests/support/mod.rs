//! A small index of two documents, made by hand, behind the whole service in this process.
//!
//! `Service::new()` builds it; `get("/api/v1/…")` asks it and returns an [`Answer`]. `Service::with_statutes()` has the
//! statutes of [`statutes`] too.

#![allow(dead_code, unreachable_pub, reason = "each test file uses some of it")]

use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use lawcite_core::citation::{ProvisionPath, find_promulgation};
use lawcite_core::index::{DocumentEntry, DocumentPart, GenerationWriter, IndexFolder};
use lawcite_core::lexicon::LexiconFiles;
use lawcite_core::responsibility::{DocumentHeader, Warning};
use lawcite_core::statute::{Entry, Level, Statute, Version, read_events};
use lawcite_core::text::Span;
use lawcite_core::unit::{Ancestor, Detail, Kind, Passage, Piece, Unit};
use lawcite_search_api::links::Links;
use lawcite_search_api::{AppState, Origins, app};
use tower::ServiceExt;

/// The service over an index of its own.
pub struct Service {
    pub app: Router,
    pub state: AppState,
    folder: tempfile::TempDir,
}

/// What it answered.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Service {
    pub fn new() -> Service {
        Service::under(Links::relative())
    }

    pub fn under(links: Links) -> Service {
        Service::of(links, &[])
    }

    pub fn with_statutes() -> Service {
        Service::of(Links::relative(), &statutes())
    }

    fn of(links: Links, statutes: &[Statute]) -> Service {
        let folder = tempfile::tempdir().expect("a temporary folder");
        publish_with(folder.path(), "淄博市博山区人力资源和社会保障局责任清单", statutes);
        let state = AppState::open(folder.path(), links).expect("an index that was just built");
        Service { app: app(state.clone()), state, folder }
    }

    /// The same, for pages of these sites too.
    pub fn allowing(self, origins: &[&str]) -> Service {
        let state = self.state.allowing(Origins::new(origins).expect("origins"));
        Service { app: app(state.clone()), state, ..self }
    }

    pub fn index_folder(&self) -> &Path {
        self.folder.path()
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.send(Request::get(address).body(Body::empty()).expect("an address")).await
    }

    /// An answer that is no text.
    pub async fn get_bytes(&self, address: &str) -> Vec<u8> {
        let request = Request::get(address).body(Body::empty()).expect("an address");
        let response = self.app.clone().oneshot(request).await.expect("the service never fails");
        to_bytes(response.into_body(), usize::MAX).await.expect("a body in memory").to_vec()
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.app.clone().oneshot(request).await.expect("the service never fails");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body in memory");
        let body = String::from_utf8(body.to_vec()).expect("text");
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// Publishes a generation. The first document's title tells one from another.
pub fn publish(folder: &Path, title: &str) {
    publish_with(folder, title, &[]);
}

fn publish_with(folder: &Path, title: &str, statutes: &[Statute]) {
    let lexicon = LexiconFiles::default()
        .with("statute-names.tsv", "社保法\t社会保险法\n")
        .with("statute-succession.tsv", "合同法\treplaced\t民法典\t2021-01-01\n")
        .with("aliases.tsv", "社保\t社会保险\n老板\t用人单位\n")
        .with("english.tsv", "leak\t泄露\nliable\t追责|责任\n");
    let lock = IndexFolder::new(folder).lock_for_writing().expect("nobody else writes");
    let mut writer = GenerationWriter::begin(&lock, &lexicon, false).expect("a new generation");
    let header = |id: &str, title: &str| DocumentHeader {
        id: id.to_owned(),
        title: title.to_owned(),
        issuer: None,
        date: Some("2015-07".to_owned()),
        warnings: Vec::new(),
        statute: None,
    };
    let mut add = |header: DocumentHeader, units: &[Unit]| {
        let document = DocumentEntry {
            id: header.id.clone(),
            hash: String::new(),
            files: vec![format!("seeds/{}.md", header.id)],
            parts: vec![DocumentPart { file: 0, first: 0 }],
            units: u32::try_from(units.len()).expect("few"),
            citations: 0,
            warnings: 0,
        };
        writer.add(document, &header, units).expect("room on the disk");
    };
    let boshan = DocumentHeader {
        issuer: Some("淄博市博山区人力资源和社会保障局".to_owned()),
        warnings: vec![Warning { line: 3, message: "a stray line is kept as text".to_owned() }],
        ..header("boshan", title)
    };
    add(boshan, &boshan_units());
    add(header("清单-甲", "甲局<b>责任清单</b>"), &other_units());
    for statute in statutes {
        add(statute.header(), &statute.units());
    }
    writer.publish(Vec::new()).expect("a generation");
}

fn passage(line: u32, text: &str) -> Passage {
    Passage { text: text.to_owned(), pieces: vec![Piece { start: 0, line, offset: line * 100 }] }
}

fn unit(id: &str, kind: Kind, line: u32, text: &str, path: &[(&str, &str)], detail: Detail) -> Unit {
    let step = |&(id, label): &(&str, &str)| Ancestor { id: Some(id.to_owned()), label: label.to_owned() };
    Unit { id: id.to_owned(), kind, passage: passage(line, text), path: path.iter().map(step).collect(), detail }
}

/// A provision whose circumstances stand behind its label, separated by ；.
fn provision(id: &str, line: u32, article: u16, label: &str, circumstances: &[&str], path: &[(&str, &str)]) -> Unit {
    let mut text = label.to_owned();
    let mut spans = Vec::new();
    for (at, circumstance) in circumstances.iter().enumerate() {
        text.push_str(if at == 0 { "：" } else { "；" });
        spans.push(Span::new(text.len(), text.len() + circumstance.len()));
        text.push_str(circumstance);
    }
    text.push('。');
    let detail = Detail::Provision {
        statute: "社会保险法".to_owned(),
        path: ProvisionPath::article(article),
        label: Span::new(0, label.len()),
        circumstances: spans,
    };
    unit(id, Kind::Provision, line, &text, path, detail)
}

fn boshan_units() -> Vec<Unit> {
    let duty1 = ("boshan/duty/1", "负责拟订有关规划");
    let duty4 = ("boshan/duty/4", "负责建立覆盖城乡的社会保障体系");
    let law = "《中华人民共和国社会保险法》（2010年10月通过）";
    let citation = |id: &str, line, duty: (&str, &str)| {
        let detail = Detail::Citation {
            statute: "社会保险法".to_owned(),
            promulgation: Some(find_promulgation("（2010年10月通过）")),
        };
        unit(id, Kind::Citation, line, law, &[duty], detail)
    };
    let leaking = ["泄露用人单位和个人信息的"];
    let service = "社会保险登记\n受理单位参保登记\n社会保险科\n0533-4251528";
    let at = |words: &str| {
        let start = service.find(words).expect("words of the service");
        Span::new(start, start + words.len())
    };
    vec![
        unit("boshan/part/1", Kind::Part, 1, "部门职责", &[], Detail::Plain),
        unit(duty1.0, Kind::Duty, 10, duty1.1, &[], Detail::Numbered { no: Some(1) }),
        citation("boshan/duty/1/citation/1", 11, duty1),
        provision(
            "boshan/duty/1/citation/1/article/92",
            12,
            92,
            "第九十二条",
            &leaking,
            &[duty1, ("boshan/duty/1/citation/1", law)],
        ),
        unit(duty4.0, Kind::Duty, 40, duty4.1, &[], Detail::Numbered { no: Some(4) }),
        unit("boshan/duty/4/item/1", Kind::Item, 41, "依照《劳动法》第三条征收社会保险费。", &[duty4], Detail::Plain),
        citation("boshan/duty/4/citation/1", 42, duty4),
        provision(
            "boshan/duty/4/citation/1/article/92",
            43,
            92,
            "第九十二条",
            &leaking,
            &[duty4, ("boshan/duty/4/citation/1", law)],
        ),
        provision(
            "boshan/duty/4/citation/1/article/87",
            44,
            87,
            "第八十七条",
            &["未按照本规定第八条核定缴费基数的", "骗取社会保险基金支出的"],
            &[duty4, ("boshan/duty/4/citation/1", law)],
        ),
        unit("boshan/note/1", Kind::Note, 60, "追责情形可能超出本部门职责。", &[], Detail::Plain),
        unit(
            "boshan/service/1",
            Kind::Service,
            70,
            service,
            &[],
            Detail::Service {
                no: Some(1),
                name: at("社会保险登记"),
                content: at("受理单位参保登记"),
                organiser: at("社会保险科"),
                phones: vec!["0533-4251528".to_owned()],
                urls: Vec::new(),
            },
        ),
    ]
}

fn other_units() -> Vec<Unit> {
    let duty = ("清单-甲/duty/1", "负责<script>alert(1)</script>档案管理");
    vec![
        unit(duty.0, Kind::Duty, 1, duty.1, &[], Detail::Numbered { no: Some(1) }),
        unit("清单-甲/duty/1/item/1", Kind::Item, 2, "保管流动人员档案。", &[duty], Detail::Plain),
    ]
}

/// A law in two versions, the older of which the lists cite, and a decision without articles; written for these tests.
pub fn statutes() -> Vec<Statute> {
    let passed = "2010年10月28日 第十一届全国人民代表大会常务委员会第十七次会议通过";
    let amended = "2018年12月29日 第十三届全国人民代表大会常务委员会第七次会议修正";
    let leaking = "工作人员泄露用人单位和个人信息的，依法给予处分。";
    let older = law(
        &[passed],
        "2010-10-28",
        &[
            (8, "第一章 总则", "社会保险经办机构提供社会保险服务。"),
            (87, "第二章 法律责任", "未按照本规定第八条核定缴费基数的，骗取社会保险基金支出的，责令退回。"),
            (92, "第二章 法律责任", leaking),
        ],
    );
    let newer = law(
        &[passed, amended],
        "2018-12-29",
        &[
            (8, "第一章 总则", "社会保险经办机构提供<b>社会保险</b>服务。"),
            (
                87,
                "第二章 法律责任",
                "有下列情形之一的，责令改正：\n（一）未登记的；\n（二）未报告的。\n情节严重的，处以罚款。",
            ),
            (92, "第二章 法律责任", "违反本法第八条，工作人员泄露用人单位和个人信息的，依法给予处分。"),
        ],
    );
    let decision = Statute {
        title: "某市关于停止焚烧旧纸的决定".to_owned(),
        name: "某市关于停止焚烧旧纸的决定".to_owned(),
        entries: vec![Entry { text: passage(3, "不得焚烧旧纸。"), ..Entry::default() }],
        ..Statute::default()
    };
    vec![older, newer, decision]
}

fn law(history: &[&str], version: &str, articles: &[(u16, &str, &str)]) -> Statute {
    let entry = |&(number, chapter, text): &(u16, &str, &str)| Entry {
        path: Some(ProvisionPath::article(number)),
        divisions: vec![chapter.to_owned()],
        text: passage(u32::from(number), text),
        external_id: None,
    };
    Statute {
        title: "中华人民共和国社会保险法".to_owned(),
        name: "社会保险法".to_owned(),
        version: Version::Dated(version.to_owned()),
        level: Some(Level::Law),
        issuer: Some("全国人民代表大会常务委员会".to_owned()),
        history: history.iter().flat_map(|line| read_events(line)).collect(),
        entries: articles.iter().map(entry).collect(),
        warnings: Vec::new(),
    }
}
