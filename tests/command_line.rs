//! The command as a process: what it prints, what it says of bad input, how it exits.

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Output, Stdio};

use support::{SEED, root};

struct Workplace {
    folder: tempfile::TempDir,
}

impl Workplace {
    fn new() -> Workplace {
        Workplace { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        fs::write(self.folder.path().join(name), bytes).expect("a file");
        self.path(name)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_lawcite"))
            .current_dir(root(""))
            .env("LAWCITE_INDEX", self.path("index"))
            .args(arguments)
            .output()
            .expect("it runs")
    }

    /// What it prints, if it succeeds.
    fn prints(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {error}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// What it complains of, if it fails as programs fail.
    fn fails(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        String::from_utf8(output.stderr).expect("UTF-8").replace(&*self.folder.path().to_string_lossy(), "…")
    }
}

#[test]
fn the_seed_is_indexed_searched_and_verified() {
    let place = Workplace::new();
    assert!(place.prints(&["index"]).starts_with("generation 000001: 1 documents, "));
    let summary: serde_json::Value = serde_json::from_str(&place.prints(&["index", "--json"])).expect("JSON");
    assert_eq!((&summary["documents"], &summary["citations"], &summary["reused"]), (&1.into(), &33.into(), &1.into()));
    assert!(place.prints(&["search", "泄露用人单位和个人信息"]).contains("《社会保险法》第九十二条"));
    assert!(place.prints(&["verify"]).contains("all as they were written"));
}

#[test]
fn a_batch_answers_line_by_line() {
    let place = Workplace::new();
    place.prints(&["index"]);
    let batch = place.write("queries", "商业秘密\nq2\t社保法92条\n");
    let answers = place.prints(&["search", "--batch", &batch, "--limit", "3", "--collapse=false"]);
    let answers: Vec<serde_json::Value> =
        answers.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((&answers[0]["id"], &answers[1]["id"]), (&"1".into(), &"q2".into()));
    assert_eq!(answers[1]["query"], "社保法92条");
    assert_eq!(answers[1]["ids"].as_array().map(Vec::len), answers[1]["scores"].as_array().map(Vec::len));
    assert!(answers[0]["took_us"]["total"].is_u64());
    let trec = place.prints(&["search", "--batch", &batch, "--limit", "1", "--format", "trec"]);
    let second: Vec<&str> = trec.lines().nth(1).expect("two lines").split(' ').collect();
    assert_eq!((second[0], second[1], second[3], second[5]), ("q2", "Q0", "1", "lawcite"));
    assert!(second[2].starts_with(SEED) && second[2].ends_with("article/92"));
}

#[test]
fn a_lexicon_is_checked_and_installed() {
    let place = Workplace::new();
    place.prints(&["index"]);
    assert!(place.prints(&["lexicon", "check", "seeds/lexicon"]).contains("is in order"));
    let said = place.prints(&["lexicon", "install", "seeds/lexicon", "--index", &place.path("index")]);
    assert!(said.contains("generation 000002 has the lexicon"), "{said}");
    assert!(place.prints(&["search", "社保法92条"]).contains("第九十二条"));
}

#[test]
fn bad_input_is_named_and_loses_nothing() {
    let place = Workplace::new();
    place.prints(&["index"]);
    let before = place.prints(&["search", "商业秘密"]);
    let empty = place.write("empty.md", "");
    let binary = place.write("binary.md", [0_u8, 159, 146, 150, 0, 1, 2]);
    let one = place.write("list.md", "# 一");
    fs::create_dir(place.path("other")).expect("a folder");
    let same = place.write("other/list.md", "# 二");
    for (arguments, complaint) in [
        (&["index", "/nowhere/at/all"][..], "cannot read `/nowhere/at/all`: check that the path is right"),
        (&["index", &empty], "`…/empty.md` is empty: put the list's text into it, or take it away"),
        (&["index", &binary], "not text: save it as Markdown or plain text"),
        (&["index", &one, &same], "would both be the document `list`: rename one"),
        (&["index", "seeds", "--lexicon", "nowhere"], "no lexicon in `nowhere`"),
        (&["search", "x", "--index", "nowhere"], "no index in `nowhere`: build one with `lawcite index`"),
        (&["search", "--batch", "nowhere"], "cannot read `nowhere`"),
        (&["search", " "], "the query is empty"),
    ] {
        let said = place.fails(arguments);
        assert!(said.contains(complaint), "{arguments:?}: {said}");
    }
    assert_eq!(hits(&place.prints(&["search", "商业秘密"])), hits(&before));
}

/// Without the line that says how long it took.
fn hits(printed: &str) -> Vec<&str> {
    printed.lines().filter(|line| !line.contains("µs")).collect()
}

#[test]
fn wrong_usage_is_told_from_failure() {
    let place = Workplace::new();
    for arguments in [&["serch"][..], &["search"], &["search", "x", "--kind", "article,"], &["index", "--limit", "3"]] {
        assert_eq!(place.run(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn text_in_gb18030_is_read() {
    let place = Workplace::new();
    let text = fs::read_to_string(root("seeds/responsibility/boshan-hrss-2015.md")).expect("the seed");
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    let list = place.write("list.md", &bytes);
    place.prints(&["index", &list]);
    assert!(place.prints(&["search", "泄露用人单位和个人信息"]).contains("list/duty/4/citation/1/article/92"));
}

#[test]
fn a_second_writer_is_told_to_wait() {
    let place = Workplace::new();
    place.prints(&["index"]);
    let index = lawcite_core::index::IndexFolder::new(place.path("index"));
    let lock = index.lock_for_writing().expect("nobody writes");
    assert!(place.fails(&["index"]).contains("another lawcite is writing to `…/index`: wait until it is done"));
    drop(lock);
    place.prints(&["index"]);
}

#[test]
fn an_index_that_is_not_ours_is_refused() {
    let place = Workplace::new();
    place.prints(&["index"]);
    let generation = Path::new(&place.path("index")).join("generations/000001");
    let manifest = generation.join("manifest.json");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let format = text.lines().find(|line| line.contains("\"format\"")).expect("a format").trim().trim_end_matches(',');
    for (from, to, complaint) in [
        (
            format,
            "\"format\": 999",
            "was built by another version (format 999): build it again with `lawcite index --full`",
        ),
        ("\"analyzer\": \"1-", "\"analyzer\": \"0-", "was built by another version (analyzer 0-"),
        ("\"format\"", "format", "is damaged"),
    ] {
        assert!(text.contains(from), "{from}");
        fs::write(&manifest, sealed(&text.replacen(from, to, 1))).expect("a manifest");
        let said = place.fails(&["search", "信息"]);
        assert!(said.contains(complaint), "{said}");
    }
    fs::write(&manifest, text.replacen("\"analyzer\": \"1-", "\"analyzer\": \"0-", 1)).expect("a manifest");
    let said = place.fails(&["search", "信息"]);
    assert!(said.contains("is damaged (it is not what was written)"), "the seal is not that of these bytes: {said}");
    fs::write(&manifest, &text).expect("a manifest");
    fs::write(generation.join("tables.bin"), "short").expect("a table");
    assert!(place.fails(&["search", "信息"]).contains("tables.bin` is damaged (has 5 bytes instead of"));
    assert!(place.fails(&["verify"]).contains("of the index are damaged"));
    // What the complaints say to do helps.
    place.prints(&["index", "--full"]);
    place.prints(&["search", "信息"]);
}

/// The manifest as another program would have written it: with the seal of its own bytes.
fn sealed(manifest: &str) -> String {
    let field = ",\n  \"seal\": \"";
    let (before, _) = manifest.split_once(field).expect("a seal");
    format!("{before}{field}{:032x}\"\n}}\n", xxhash_rust::xxh3::xxh3_128(before.as_bytes()))
}

#[test]
fn a_name_of_the_serving_generation_that_was_lost_is_written_anew() {
    let place = Workplace::new();
    place.prints(&["index"]);
    place.write("index/current", "");
    assert!(place.fails(&["search", "信息"]).contains("it names no generation"));
    place.prints(&["index", "--full"]);
    place.prints(&["search", "信息"]);
}

#[test]
fn an_index_inside_its_sources_is_no_source() {
    let place = Workplace::new();
    fs::create_dir(place.path("lists")).expect("a folder");
    place.write("lists/one.md", "# 责任清单\n\n负责监督检查。\n");
    let (lists, index) = (place.path("lists"), place.path("lists/index"));
    for _ in 0..2 {
        place.prints(&["index", &lists, "--index", &index]);
    }
}

#[test]
fn statutes_are_shown_and_citations_resolved_in_them() {
    let place = Workplace::new();
    place.prints(&["index", "tests/acceptance/statutes"]);
    let law = place.prints(&["show", "垃圾分类条例"]);
    for part in [
        "2021-06-01 《国务院关于修改〈垃圾分类条例〉的决定》修订",
        "versions: 垃圾分类条例@2015-03-01 垃圾分类条例@2021-06-01",
        "第二章 法律责任\n\n第三条　未设置回收容器的，处一千元罚款；拒不改正的，责令停业。",
    ] {
        assert!(law.contains(part), "{part}: {law}");
    }
    let article = place.prints(&["show", "垃圾分类条例/article/3"]);
    assert!(article.contains("[法条] 垃圾分类条例@2021-06-01/article/3"), "{article}");
    assert!(article.contains("cited by 3\n  qingxi-sanitation-2016/duty/1/citation/1/article/3"), "{article}");
    let json =
        |arguments: &[&str]| -> serde_json::Value { serde_json::from_str(&place.prints(arguments)).expect("JSON") };
    assert_eq!(json(&["show", "垃圾分类条例", "--json"])["articles"], 5);
    assert_eq!(json(&["show", "垃圾分类条例@2015-03-01/article/3", "--json"])["unit"]["article"]["number"], 3);
    let text = place.write("text", "依照垃圾分类条例第三条处罚");
    assert_eq!(
        json(&["cite", &text, "--json"])["resolution"]["ids"],
        serde_json::json!(["垃圾分类条例@2021-06-01/article/3"])
    );
    assert!(place.prints(&["cite", &text]).contains("\tresolved\tin-force\t垃圾分类条例@2021-06-01/article/3"));
}

#[test]
fn citations_are_found_in_a_text() {
    let place = Workplace::new();
    place.prints(&["index"]);
    let bare = place.write("bare", "违反社保法92条的");
    assert!(place.prints(&["cite", &bare]).contains("《社会保险法》第九十二条"));
    let text = place.write("text", "按《社会保险法》第九十二条处理。");
    let found: serde_json::Value = serde_json::from_str(&place.prints(&["cite", &text, "--json"])).expect("one object");
    assert_eq!(
        (&found["start"], &found["end"], &found["canonical"]),
        (&1.into(), &13.into(), &"《社会保险法》第九十二条".into())
    );
}

#[test]
fn a_list_is_audited_and_compared_with_a_later_one() {
    let place = Workplace::new();
    let list = fs::read_to_string(root("tests/acceptance/statutes/qingxi-sanitation-2016.md")).expect("a list");
    let later = list
        .replace("检查单位的回收容器。", "检查单位和个人的回收容器。")
        .replace("第四条：工作人员收受", "第五条：工作人员收受");
    let later = place.write("qingxi-sanitation-2021.md", later);
    place.prints(&["index", "tests/acceptance/statutes", &later]);
    let audit = place.prints(&["audit", "qingxi-sanitation-2016"]);
    for part in [
        "3 citations: 文字一致 1、条文存在 1、条序已变 1",
        "[条序已变] 《垃圾分类条例》第四条\n   qingxi-sanitation-2016/duty/2/citation/1/article/4 (第10行)\n   → \
         垃圾分类条例@2021-06-01/article/5 第五条",
    ] {
        assert!(audit.contains(part), "{part}: {audit}");
    }
    let table = place.path("audit.csv");
    let only = ["audit", "qingxi-sanitation-2016", "--finding", "moved", "--format", "csv", "--output", &table];
    assert_eq!(place.prints(&only), "");
    let table = fs::read_to_string(table).expect("the table");
    assert!(table.starts_with("\u{feff}结论,") && table.contains("\n条序已变,《垃圾分类条例》第四条,"), "{table}");
    assert!(!table.contains("文字一致"), "{table}");
    let diff = place.prints(&["diff", "qingxi-sanitation-2016", "qingxi-sanitation-2021"]);
    for part in [
        "1 unchanged, 0 added, 0 dropped, 0 renamed, 2 changed",
        "责任事项: 检查单位{+和个人+}的回收容器。",
        "\n- 《垃圾分类条例》第四条\n\n+ 《垃圾分类条例》第五条\n",
    ] {
        assert!(diff.contains(part), "{part}: {diff}");
    }
    let message = place.fails(&["audit", "nowhere"]);
    assert_eq!(message, "lawcite: there is no list `nowhere`: a list is called as its file, without the ending\n");
    assert!(
        place.fails(&["diff", "qingxi-sanitation-2016", "垃圾分类条例"]).contains("there is no list `垃圾分类条例`")
    );
}

#[test]
fn a_server_says_what_it_is_told_and_refuses_what_it_does_not_know() {
    let place = Workplace::new();
    let file = place.write("lawcite.toml", "queue = 3\nidle_time = '1m'\n");
    let said = place.prints(&["serve", "--check-config", "--config", &file, "--rate", "20", "--log-queries"]);
    for line in
        ["queue = 3 # ", "idle_time = \"1m\" # ", "rate = 20 # --rate\n", "log_queries = true # --log-queries\n"]
    {
        assert!(said.contains(line), "{line}: {said}");
    }
    let file = place.write("wrong.toml", "quue = 3\n");
    let said = place.fails(&["serve", "--check-config", "--config", &file]);
    assert_eq!(said, "lawcite: `…/wrong.toml` sets `quue`, which is no setting: is `queue` meant?\n");
    assert!(place.fails(&["serve", "--config", "nowhere.toml"]).contains("cannot read `nowhere.toml`"));
    let wrong = place.run(&["serve", "--queue", "lots"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("`--queue`: a whole number is expected, not `lots`"));
    place.prints(&["index"]);
    let inside = place.path("index/missed.jsonl");
    let said = place.fails(&["serve", "--listen", "127.0.0.1:0", "--missed-queries", &inside]);
    assert!(said.contains("`…/index/missed.jsonl` is in the folder of the index"), "{said}");
}

/// A server that may have so many files open, its log, and where it listens.
#[cfg(unix)]
fn serve(place: &Workplace, files: u32, flags: &[&str]) -> (Child, BufReader<ChildStderr>, String) {
    let mut server = Command::new("sh")
        .current_dir(root(""))
        .env("LAWCITE_INDEX", place.path("index"))
        .env("LAWCITE_RATE", "") // set to nothing is not set
        .args(["-c", &format!("ulimit -n {files}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_lawcite")])
        .args(["serve", "--listen", "127.0.0.1:0"])
        .args(flags)
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut log = BufReader::new(server.stderr.take().expect("piped"));
    let mut said = String::new();
    log.read_line(&mut said).expect("a line");
    let address = said.split(['/', ' ']).find(|part| part.starts_with("127.")).expect("an address").to_owned();
    (server, log, address)
}

#[cfg(unix)]
#[test]
fn a_server_without_files_for_more_connections_goes_on_answering() {
    let place = Workplace::new();
    place.prints(&["index"]);
    let (mut server, _log, address) = serve(&place, 80, &[]);
    let held: Vec<TcpStream> = (0..200).map(|_| TcpStream::connect(&address).expect("a connection")).collect();
    for _ in 0..20 {
        let mut stream = TcpStream::connect(&address).expect("a connection");
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("text");
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    }
    drop(held);
    server.kill().expect("it can be killed");
    server.wait().expect("it ends");
}

#[cfg(unix)]
#[test]
fn a_server_tells_of_requests_but_not_of_what_they_ask_and_ends_when_told() {
    let place = Workplace::new();
    place.prints(&["index"]);
    let missed = place.path("missed.jsonl");
    let (mut server, mut log, address) = serve(&place, 1024, &["--log-format", "json", "--missed-queries", &missed]);
    let asked = |query: &str| {
        let mut stream = TcpStream::connect(&address).expect("a connection");
        let request = format!(
            "GET /api/v1/search?q={query} HTTP/1.1\r\nhost: x\r\nx-request-id: number-{query}\r\nconnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("text");
        answer
    };
    for query in ["zzyzx", "xyzzy", "zzyzx"] {
        let answer = asked(query);
        assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("\"total\":0"), "{answer}");
    }
    let pid = server.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("it runs").success());
    assert!(server.wait().expect("it ends").success());
    let mut rest = String::new();
    log.read_to_string(&mut rest).expect("text");
    let lines: Vec<serde_json::Value> =
        rest.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect();
    let answered: Vec<&serde_json::Value> = lines.iter().filter(|line| line["message"] == "answered").collect();
    assert_eq!(answered.len(), 3, "{rest}");
    assert_eq!(answered[1]["span"]["id"], "number-xyzzy");
    assert_eq!(
        (&answered[1]["route"], &answered[1]["status"], &answered[1]["method"]),
        (&"/api/v1/search".into(), &200.into(), &"GET".into())
    );
    assert!(!rest.replace("number-xyzzy", "").contains("xyzzy"), "{rest}");
    assert!(!rest.contains("127.0.0.1"), "{rest}");
    assert_eq!(place.prints(&["missed", &missed]), "2\tzzyzx\n1\txyzzy\n");
}
