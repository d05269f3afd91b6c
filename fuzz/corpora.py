"""Makes what the fuzz targets start from, in fuzz/corpus: real texts of seeds/ and the tests, and of ../shared/data where that
is, cut small, since what is small is tried often; and fuzz/corpus/words.dict, the pieces that readers look for.

Called by scripts/fuzz. The same sources give the same files.
"""

import hashlib
import json
import pathlib
import random
import urllib.parse

PROJECT = pathlib.Path(__file__).resolve().parent.parent
CORPUS = PROJECT / "fuzz" / "corpus"
DATA = PROJECT.parent / "shared" / "data"
CHANCE = random.Random(1)
# A text is cut into pieces of some of these lengths, in characters.
LENGTHS = [60, 200, 600, 1500]

PIECES = """《 》 〈 〉 （ ） 〔 〕 ( ) 第 条 款 项 目 之 一 二 十 百 千 零 1 2 2011 年 月 日 、 ， 。 ； ： “ ” 本法 本条例 前款 前条 前两款 令第 号
以下简称 实施 办法 条例 规定 决定 修正 修订 通过 国务院 章 节 编 附件 附则 目录 第一条 第二条 第九十二条 第（一）项 一、 （一） 1. ① 注： - # ##
| <p> </p> <br> <table> <tr> <td rowspan=2> </td> </tr> </table> <!--INFOEND--> **
序号 事项名称 实施依据 责任事项 追责情形 追责依据 主要职责 具体责任事项 权力类型 承办机构 服务事项 主要内容 联系电话 管理事项 相关部门 职责分工
责任清单 部门主要职责 职责边界 事中事后监管制度 公共服务事项 责任追究机制 中华人民共和国 社会保险法 社保法 劳动合同法 公务员法 谁 怎么 责任 泄露 social insurance
leak shebao gongzi " - q= kind= document= statute= article= version= limit= offset= expand=false collapse=false explain=true without= format=csv
format=xlsx %FF %00 %3Cplanted + & = / /api/v1/ /s/ /d/ 92 120-1 @2018-12-29""".split()


def cut(text, count=6):
    """Some pieces of a text, from the beginnings of lines."""
    starts = [0] + [at + 1 for at, c in enumerate(text) if c == "\n"]
    for length in LENGTHS:
        for _ in range(count):
            start = CHANCE.choice(starts)
            yield text[start : start + length]
    yield text[: LENGTHS[-1]]


def lines_of(path, field):
    """One field of a file of JSON lines."""
    if not path.exists():
        return []
    objects = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [one[field] for one in objects if field in one]


def lists():
    seeds = sorted((PROJECT / "seeds/responsibility").glob("*.md")) + sorted((DATA / "seeds").glob("*.txt"))
    for path in seeds:
        yield from cut(path.read_text("utf-8"), 20)
    yield "| 序号 | 事项名称 | 实施依据 | 责任事项 |\n| --- | --- | --- | --- |\n| 1 | 许可 | 《甲法》第二条：甲的。 | 1. 受理；2. 审查 |\n| | | | 3. 决定 |"
    yield "事项名称\t责任事项\n许可\t受理"
    yield ("<html><body><h1>责任清单</h1><table><tr><th>事项名称</th><th>责任事项</th></tr><tr><td rowspan=2>许可</td>"
           "<td>受理</td></tr><tr><td>审查</td></tr></table></body></html>")
    for path in sorted((DATA / "lists").glob("*")):
        if path.stat().st_size < 41_000:
            yield path.read_bytes()


def statutes():
    paths = sorted((PROJECT / "tests/acceptance/statutes").glob("*.md"))
    paths += sorted((DATA / "statutes").rglob("*.md"))[::40]
    for path in paths:
        text = path.read_text("utf-8")
        yield text[: LENGTHS[-1]]
        yield from list(cut(text, 1))[:2]
    lines = PROJECT.parent / "shared/data/questions/corpus.jsonl"
    if lines.exists():
        with lines.open(encoding="utf-8") as file:
            some = [next(file) for _ in range(12)]
        yield "".join(some[:3])
        yield "".join(some[3:])
    yield '{"id": "1", "law": "甲法", "article": "第一条", "text": "甲。"}\n{"id": "2", "law": "甲法", "article": "第二条", "text": "乙。"}\n'


def citations():
    for path in sorted((PROJECT / "tests/quality/citations").glob("*.jsonl")):
        yield from lines_of(path, "text")[::3]
    for path in sorted((PROJECT / "seeds/responsibility").glob("*.md")):
        yield from cut(path.read_text("utf-8"), 20)


def asked():
    """Queries that people have asked, or might."""
    queries = []
    for path in sorted((PROJECT / "tests/quality/queries").glob("*.jsonl")) + sorted((DATA / "queries").glob("*.jsonl")):
        queries += lines_of(path, "query")
    tsv = DATA / "questions/dev.tsv"
    if tsv.exists():
        queries += [line.split("\t", 1)[1] for line in tsv.read_text("utf-8").splitlines()][::5]
    queries += ['"限期补缴" -罚款', '-"行政 监察"', '社保法92条', 'Social Insurance Law article 92', 'shehui baoxian', '§ 67']
    return queries


def queries():
    for query in asked():
        yield query
    yield "老板 泄露 社保\n社会保险\n用人单位"


def highlights():
    texts = [piece for path in sorted((PROJECT / "seeds/responsibility").glob("*.md")) for piece in cut(path.read_text("utf-8"), 8)]
    for query in asked()[::2]:
        yield f"{query}\n{CHANCE.choice(texts)}"


def requests():
    some = asked()[::7]
    encoded = [urllib.parse.quote(query) for query in some]
    for query in encoded:
        yield f"/api/v1/search?q={query}"
        yield f"/?q={query}&kind=provision"
    document, statute = "boshan-hrss-2015", urllib.parse.quote("垃圾分类条例@2021-06-01")
    q = encoded[0]
    yield from [
        f"/api/v1/search?q={q}&kind=provision&kind=article&limit=100&offset=10&expand=false&collapse=false&explain=true&version=all",
        f"/api/v1/search?q={q}&document={document}&statute={statute}&article=92&power_type=x&department=y&without=z",
        "/api/v1/suggest?q=shb&limit=8",
        "/api/v1/documents?limit=2&offset=1",
        f"/api/v1/documents/{document}",
        f"/api/v1/documents/{document}/audit?finding=moved&format=csv",
        f"/api/v1/diff?a={document}&b=qingxi-sanitation-2016&format=xlsx",
        f"/api/v1/units/{document}/duty/4/citation/1/article/92/circumstance/1",
        "/api/v1/statutes?q=x",
        f"/api/v1/statutes/{statute}",
        f"/api/v1/statutes/{statute}/articles/2?limit=1&offset=1",
        f"/api/v1/citations/resolve?q={urllib.parse.quote('社保法92条')}",
        '/api/v1/citations/extract\n{"text": "《甲法》第二条"}',
        "/cite\ntext=" + urllib.parse.quote("《甲法》第二条"),
        "/healthz", "/readyz", "/openapi.json", "/about", "/docs", "/cite", "/diff", "/nothing",
        f"/d/{document}?q={q}&v=1a2b3c4d-note-2", f"/d/{document}/duty/4", f"/s/{statute}/article/2?offset=1",
        f"/audit/{document}", f"/diff?a={document}&b={document}", f"/export/search.csv?q={q}", f"/export/d/{document}/duty/4",
        "/?q=%3Cplanted%3E&lang=en", "/s/%3Cplanted", "/d/%3Cplanted", "/?q=%22%3Cplanted%22&document=%3Cplanted&statute=%3Cplanted",
    ]


def write(target, made):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    for one in made:
        one = one if isinstance(one, bytes) else one.encode("utf-8")
        (folder / hashlib.sha256(one).hexdigest()[:16]).write_bytes(one)
    print(f"{target}: {len(list(folder.iterdir()))} files to start from")


def main():
    for target in (lists, statutes, citations, queries, highlights, requests):
        write(target.__name__, target())
    escaped = ["".join(f"\\x{byte:02x}" for byte in piece.encode("utf-8")) for piece in PIECES]
    escaped += ["".join(f"\\x{byte:02x}" for byte in urllib.parse.quote(piece).encode()) for piece in PIECES if not piece.isascii()][:40]
    (CORPUS / "words.dict").write_text("".join(f'"{piece}"\n' for piece in escaped))


main()
