"""Makes statutes that do not exist out of the clauses of real ones, as many articles as are asked for, as JSON lines. A seed always
gives the same articles, and fewer of them are the first of more. benches/scale/README.md says how they are made."""

import argparse
import bisect
import contextlib
import json
import math
import multiprocessing
import random
import re
import sys
import time
import zlib
from collections import Counter
from functools import cache
from pathlib import Path

HAN = "[\u4e00-\u9fff]"
NUMERAL = "[一二三四五六七八九十百千万两]"

# An article's label; and a clause as what stands before its words, its words, and what ends it.
LABEL = re.compile(rf"第[零〇{NUMERAL[1:-1]}]+条(?:之{NUMERAL}+)?(?:[\s：:]+|$)")
CLAUSE = re.compile(rf"([“‘]?(?:（{NUMERAL}+）|{NUMERAL}+、|\d+[.．、])?)\s*([^。；：\n]+)([。；：]*[”’）》]*\n*)")

# A title is a place, what it is about, what is done about that, and a form: 淄博市 燃气 管理 条例.
PLACE = re.compile(rf"({HAN}{{2,5}}?)(?:省|自治县|经济特区|(?<!城)市)")
FORM = re.compile(r"(?:暂行|实施)*(?:条例|办法|规定|细则|规则|决定|决议|解释|批复|意见|通知)$|法$")
TASK = re.compile(r"(?:监督|管理|保护|防治|促进|保障|安全|建设|服务|发展|处理|检查|登记|利用)*$")
# What a title has besides, most of it those of interpretations.
IDLE = re.compile(
    r"中华人民共和国|^.*关于|[（(][^（）()]*[）)]$|[《》〈〉“”、]|若干|有关|问题|的$"
    r"|^(?:审理|办理|适用|实施|执行)|(?:具体)?(?:适用|应用)法律|案件"
)
FORMS = ("条例", "条例", "条例", "办法", "规定", "实施细则")

# What varies inside clauses. Figures that belong together vary together: 一万元以上五万元以下.
FIGURE = rf"[\d{NUMERAL[1:-1]}]+"
UNIT = "(?:个?工作日|日|天|周岁|年|个月|小时|万?元|倍|%|％|名|米|平方米|公里|吨|条|款)"
FIGURES = re.compile(rf"[第\d{NUMERAL[1:-1]}][\d{NUMERAL[1:-1]}]*(?:年\d+月\d+日|{UNIT}(?:以上{FIGURE}{UNIT}以下)?)")
ITSELF = re.compile("本(?<![根资成基日]本)(?:条例|办法|规定|实施细则|细则|规则|决定|解释|法(?![律人院官]))")
HERE = re.compile("本(?:省|市(?!场)|自治区|特区)")
# In their places stand letters for private use, whose meaning is ours.
MARK = re.compile("[\ue000-\uf8ff]")
ITSELF_MARK, HERE_MARK, PLACE_MARK, FIGURES_MARKS = "\ue000", "\ue001", "\ue002", 0xE003
# Where one clause may go over into another.
SEAMS = ("，", "应当", "不得", "可以", "由", "的", "、")
# Four letters between two of these are mostly two words.
COMPOUND = re.compile(rf"([、，的和或及与对])({HAN}{{2}})({HAN}{{2}})(?=[、，的和或及与等。；])")

STATUTES_A_PLACE = 40
# So many statutes are near enough in subject to be drawn from together.
NEIGHBOURS = 12
# So far from the place where the form has it a clause is drawn, counted in clauses of its kind: what words mean stands at the
# beginning of every statute, who is fined at its end.
REACH = 8
# The share of an article's clauses that are drawn from one source, the rest being drawn from any.
FAITHFUL = 0.7
# Shares of clauses. What is coined makes pairs of letters that no source has, in the measure in which more real text would.
SPLICED = 0.5
COINED = 0.5
# Of more articles than these, equal ones are looked for in a sixteenth.
ALL_COMPARED = 2_000_000


def say(line):
    print(line, file=sys.stderr, flush=True)


class Tally:
    """What some articles are like."""

    def __init__(self, one_in=1, pairs=False):
        self.lengths, self.clauses, self.bytes = Counter(), Counter(), 0
        # Of one article in so many, to find equal ones. Processes that are forked hash alike.
        self.one_in, self.compared, self.hashes = one_in, 0, set()
        self.pairs = set() if pairs else None

    def add(self, text, clauses):
        encoded = text.encode()
        self.lengths[len(text)] += 1
        self.clauses[clauses] += 1
        self.bytes += len(encoded)
        if zlib.crc32(encoded) % self.one_in == 0:
            self.compared += 1
            self.hashes.add(hash(text))
        if self.pairs is not None:
            self.pairs.update(pairs(text))

    def merge(self, other):
        self.lengths.update(other.lengths)
        self.clauses.update(other.clauses)
        self.bytes += other.bytes
        self.compared += other.compared
        self.hashes |= other.hashes
        if self.pairs is not None:
            self.pairs |= other.pairs

    def articles(self):
        return self.lengths.total()

    def summary(self):
        return {
            "articles": self.articles(),
            "characters": sum(length * times for length, times in self.lengths.items()),
            "text_bytes": self.bytes,
            "distinct_share": round(len(self.hashes) / max(self.compared, 1), 5),
            "characters_an_article": spread(self.lengths),
            "clauses_an_article": spread(self.clauses),
        }


def spread(times):
    """The mean, and what so many of a hundred do not exceed."""
    total, reached, found = max(times.total(), 1), 0, {}
    for value in sorted(times):
        reached += times[value]
        for share in (10, 50, 90, 99):
            if reached * 100 >= total * share:
                found.setdefault(f"p{share}", value)
    return {"mean": round(sum(value * times[value] for value in times) / total, 2), **found}


def pairs(text):
    """The pairs of neighbouring Chinese letters."""
    return (run[at:at + 2] for run in re.findall(f"{HAN}+", text) for at in range(len(run) - 1))


class Statute:
    """A real statute: clauses by kind, in their order, and the form that is left without them."""

    def __init__(self, path):
        head, _, body = path.read_text(encoding="utf-8").rpartition("INFO END -->")
        lines = (head or body).splitlines()
        self.title = next((re.sub(r"\s|<!--.*", "", line[2:]) for line in lines if line.startswith("# ")), path.stem)
        dated = re.search(r"\((\d{4}-\d\d-\d\d)\)$", path.stem)
        self.version = dated and dated.group(1)
        self.articles = [(divisions, "\n".join(filter(None, lines))) for divisions, lines in articles(body)]

    def name_parts(self, places):
        """Takes the title apart."""
        form = FORM.search(self.title)
        self.form = form.group() if form else ""
        subject = FORM.sub("", re.sub(r"[（(][^（）()]*[）)]$", "", places.sub("", self.title)))
        while (shorter := IDLE.sub("", subject)) != subject:
            subject = shorter
        self.subject, self.task = subject, TASK.search(subject).group()
        self.matter = subject.removesuffix(self.task)

    def cut(self, marks):
        """Takes the articles apart."""
        self.clauses, self.skeletons = {}, []
        for division, text in self.articles:
            slots = []
            found = CLAUSE.findall(marks.put_into(text))
            for lead, words, end in found:
                kind = "item" if lead.strip("“‘") else "alone" if len(found) == 1 else end[:1]
                clauses = self.clauses.setdefault(kind, [])
                slots.append((lead, kind, len(clauses), end))
                clauses.append(words)
            self.skeletons.append((marks.put_into(division), slots))
        del self.articles


def articles(body):
    """The articles of a text: the headings above each, and its lines."""
    headings, article = [], None
    for line in map(str.strip, body.splitlines()):
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            headings = [above for above in headings if above[0] < level] + [(level, line.lstrip("#").strip())]
        elif label := LABEL.match(line):
            if article:
                yield article
            article = " ".join(" ".join(words for level, words in headings if level > 1).split()), [line[label.end():]]
        elif article:
            article[1].append(line)
    if article:
        yield article


class Material:
    """All that is drawn from."""

    def __init__(self, folder, seed, count_pairs):
        paths = sorted(path for path in folder.rglob("*.md") if not path.name.startswith("_"))
        self.statutes = [statute for statute in map(Statute, paths) if statute.articles]
        places = Counter(place.group() for statute in self.statutes if (place := PLACE.match(statute.title)))
        places = sorted(place for place, times in places.items() if times > 1)
        names = {PLACE.match(place).group(1) for place in places}
        self.places = coined_places({name for name in names if len(name) == 2}, random.Random(f"{seed}"))
        if not self.places or len(self.statutes) < STATUTES_A_PLACE:
            raise SystemExit(f"too few statutes to recombine in `{folder}`, or too few places in their titles")
        self.versions = [statute.version for statute in self.statutes if statute.version]

        self.marks, self.real, compounds = Marks(places), Tally(pairs=count_pairs), set()
        for statute in self.statutes:
            texts = [text for _, text in statute.articles]
            statute.name_parts(self.marks.places)
            statute.cut(self.marks)
            for text, (_, slots) in zip(texts, statute.skeletons):
                self.real.add(text, len(slots))
                compounds.update((head, tail) for _, head, tail in COMPOUND.findall(text))
        # Each once: new words are made of rare ones more often than of common ones.
        self.heads, self.tails = zip(*sorted(compounds))
        find_neighbours(self.statutes)


def coined_places(names, draw):
    """Places that do not exist: the first letter of one name and the second of another."""
    coined = sorted({one[0] + other[1] for one in names for other in names if one[0] != other[1]} - names)
    draw.shuffle(coined)
    return [name + kind for kind in ("市", "县", "区", "自治州", "新区", "开发区") for name in coined]


class Marks:
    """Letters that stand for what varies, and what may stand in their places."""

    def __init__(self, places):
        self.places = re.compile("|".join(places))
        self.of_shape, self.values = {}, {}

    def put_into(self, text):
        text = self.places.sub(PLACE_MARK, MARK.sub("", text))
        return FIGURES.sub(self.of_figures, HERE.sub(HERE_MARK, ITSELF.sub(ITSELF_MARK, text)))

    def of_figures(self, figures):
        # 三十日 and 五日 may stand for one another, not 2019年 and 三年.
        shape = re.sub(r"\d", "0", re.sub(f"{NUMERAL}+", "N", figures.group()))
        mark = self.of_shape.setdefault(shape, chr(FIGURES_MARKS + len(self.of_shape)))
        self.values.setdefault(mark, []).append(figures.group())
        return mark


def find_neighbours(statutes):
    """Whose subjects share the most pairs of letters, each counted as it is rare."""
    having = {}
    for statute in statutes:
        for pair in dict.fromkeys(pairs(statute.subject)):
            having.setdefault(pair, []).append(statute)
    for statute in statutes:
        shared = Counter()
        for pair in dict.fromkeys(pairs(statute.subject)):
            weight = math.log(len(statutes) / len(having[pair]))
            for other in having[pair]:
                shared[other] += weight / (4 + len(other.subject))
        del shared[statute]
        nearest = shared.most_common(NEIGHBOURS)
        statute.neighbours = [other for other, score in nearest if score * 2 > nearest[0][1]]


class Made:
    """The statutes of a place."""

    def __init__(self, place, tally):
        self.place, self.tally = place, tally
        self.lines, self.statutes, self.copies = [], 0, 0

    def articles(self):
        return self.tally.articles()

    def merge(self, other):
        """Takes over what is said of other statutes, but not their lines."""
        self.tally.merge(other.tally)
        self.statutes += other.statutes
        self.copies += other.copies


class Maker:
    """Makes statutes. Those of a place hang on nothing but the seed and its number."""

    def __init__(self, material, seed, one_in, count_pairs):
        self.material, self.seed, self.one_in, self.count_pairs = material, seed, one_in, count_pairs
        self.real = material.real.hashes

    def make(self, number, limit=math.inf):
        """The statutes of the place of that number, up to so many articles."""
        self.random = random.Random(f"{self.seed}/{number}")
        place = self.material.places[number]
        made, titles = Made(place, Tally(self.one_in, self.count_pairs)), set()
        for form in self.random.sample(self.material.statutes, STATUTES_A_PLACE):
            others = form.neighbours or self.material.statutes
            self.form, self.sources = form, [form, self.one_of(others), self.one_of(others)]
            title, kind = self.title(place)
            if title not in titles and made.articles() < limit:
                titles.add(title)
                self.statute(made, title, kind, f"g{number}-{len(titles)}", limit)
        return made

    def title(self, place):
        form, other, _ = self.sources
        kind = form.form if form.form in FORMS else self.one_of(FORMS)
        subject = (form.matter or other.matter or "公共事务") + (other.task or form.task)
        return place + subject + kind, kind

    def statute(self, made, title, kind, id, limit):
        made.statutes += 1
        level = "地方性法规" if kind == "条例" else "地方政府规章"
        version = self.form.version or self.one_of(self.material.versions)
        head = f'"law": {quoted(title)}, "version": "{version}", "level": "{level}"'
        self.own = {ITSELF_MARK: f"本{kind}", HERE_MARK: f"本{made.place[2:]}", PLACE_MARK: made.place}
        for article, (division, slots) in enumerate(self.form.skeletons, 1):
            if made.articles() >= limit:
                break
            text = self.article(slots)
            made.copies += hash(text) in self.real
            made.tally.add(text, len(slots))
            chapter = quoted(MARK.sub(self.fill, division))
            place = f'"chapter": {chapter}, "article": "{label(article)}"'
            made.lines.append(f'{{"id": "{id}-{article}", {head}, {place}, "text": {quoted(text)}}}\n')

    def article(self, slots):
        """An article of such a form, and no copy if it can be helped: an article may be a single clause."""
        for attempt in range(9):
            self.source, words = self.one_of(self.sources), []
            for lead, kind, at, end in slots:
                words += lead, self.clause(kind, at, attempt > 0), end
            text = MARK.sub(self.fill, "".join(words)).strip()
            if hash(text) not in self.real:
                break
        return text

    def clause(self, kind, at, must_differ):
        words = self.drawn(kind, at)
        if must_differ or self.random.random() < SPLICED:
            words = spliced(words, self.drawn(kind, at), self.random.random() * 0.6, SEAMS if must_differ else SEAMS[:1])
        if self.random.random() < COINED:
            words = COMPOUND.sub(self.coined, words, count=1)
        return words

    def drawn(self, kind, at):
        """A real clause, from about the place in its statute that `at` is in the form."""
        chance, own = self.random.random, self.form.clauses[kind]
        source = self.source if chance() < FAITHFUL else self.one_of(self.sources)
        clauses = source.clauses.get(kind, own)
        # Beyond an end it is turned back, or what stands first and last would be drawn more often than the rest.
        near = (at / len(own) * len(clauses) + (2 * chance() - 1) * REACH) % (2 * len(clauses))
        return clauses[int(min(near, 2 * len(clauses) - near, len(clauses) - 1))]

    def coined(self, compound):
        return compound.group(1) + self.one_of(self.material.heads) + self.one_of(self.material.tails)

    def fill(self, mark):
        mark = mark.group()
        return self.own.get(mark) or self.one_of(self.material.marks.values[mark])

    def one_of(self, values):
        # `choice` takes three times as long.
        return values[int(self.random.random() * len(values))]


def spliced(words, other, share, seams):
    """The one up to a seam that both have behind so large a share, and the other from there on."""
    for seam in seams:
        end, start = words.find(seam, int(share * len(words))), other.find(seam, int(share * len(other)))
        if end > 0 and start > 0:
            return words[:end] + other[start:]
    return words


quoted = json.JSONEncoder(ensure_ascii=False).encode


@cache
def label(number):
    """第一百零三条."""
    digits = zip(f"{number:04}", ("千", "百", "十", ""))
    numeral = "".join("零一二三四五六七八九"[int(digit)] + (unit if digit != "0" else "") for digit, unit in digits)
    numeral = re.sub("零+", "零", numeral).strip("零")
    return f"第{re.sub('^一十', '十', numeral)}条"


def made_in_order(maker, jobs):
    """What is made of one place after another, not much ahead of who takes it."""
    places = len(maker.material.places)
    if jobs == 1:
        yield from map(maker.make, range(places))
        return
    global the_maker
    the_maker = maker
    # Forked processes have the material already.
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        for first in range(0, places, 16 * jobs):
            yield from pool.imap(make_forked, range(first, min(first + 16 * jobs, places)))


def make_forked(number):
    return the_maker.make(number)


def write(options, material):
    """Writes the files, and says what is in them."""
    maker = Maker(material, options.seed, 1 if options.units <= ALL_COMPARED else 16, options.pairs)
    # Titles begin with their places: each file holds a stretch of the order of all titles.
    names = sorted(material.places)
    borders = [names[len(names) * file // options.files] for file in range(1, options.files)]
    paths = [options.out]
    if options.files > 1:
        paths = [options.out.with_stem(f"{options.out.stem}-{file:03}") for file in range(options.files)]
    total, growth = Made("", Tally(maker.one_in, options.pairs)), []
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(path.open("wb")) for path in paths]
        for number, made in enumerate(made_in_order(maker, options.jobs)):
            left = options.units - total.articles()
            if made.articles() > left:
                made = maker.make(number, left)
            files[bisect.bisect(borders, made.place)].write("".join(made.lines).encode())
            total.merge(made)
            if options.pairs and total.articles() >= 2 * (growth[-1][0] if growth else 500):
                growth.append((total.articles(), len(total.tally.pairs)))
            if total.articles() == options.units:
                break
        else:
            raise SystemExit(f"there are names for {len(names)} places, and {total.articles()} articles in them")
    report = {"seed": options.seed, "statutes": total.statutes, "places": number + 1, **total.tally.summary()}
    report["bytes"] = sum(path.stat().st_size for path in paths)
    report["equal_to_a_real_one_share"] = round(total.copies / options.units, 7)
    report["real"] = {"statutes": len(material.statutes), **material.real.summary()}
    if options.pairs:
        report["different_pairs"] = growth + [(options.units, len(total.tally.pairs))]
        report["real"]["different_pairs"] = len(material.real.pairs)
    return report


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statutes", type=Path, default=Path("../shared/data/statutes"), help="real statutes in Markdown")
    parser.add_argument("--units", type=int, required=True, metavar="N", help="how many articles")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.jsonl")
    parser.add_argument("--files", type=int, default=1, metavar="K", help="of FILE-000.jsonl and so on, in the order of titles")
    parser.add_argument("--jobs", type=int, default=1, metavar="J", help="processes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", action="store_true", help="count different pairs of letters too, each time articles double")
    options = parser.parse_args()
    started = time.monotonic()
    material = Material(options.statutes, options.seed, options.pairs)
    read = time.monotonic()
    say(f"{len(material.statutes)} statutes read in {read - started:.1f} s")
    report = write(options, material)
    took = time.monotonic() - read
    say(f"{options.units} articles written in {took:.1f} s, {options.units / took:,.0f} a second")
    print(json.dumps(report, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
