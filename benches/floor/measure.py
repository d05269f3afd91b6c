"""Measures lawcite against the floor and prints one table. Run by scripts/measure-floor, which builds both programs."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from server import Server

QUERY_SETS = ("keywords", "questions")
PARTS = ("build", "query", "start", "incremental")
# What a changed file gets: words that no statute has, other ones each time.
MARKS = "甲乙丙丁戊己庚辛壬癸"


class Skipped(Exception):
    """A part that cannot be measured, and why."""


@dataclass
class Bound:
    """What a measure must be: at least or at most a number."""

    number: float
    is_least: bool = False

    def __str__(self):
        return f"{'≥' if self.is_least else '≤'} {self.number:g}"

    def is_met(self, value):
        return value >= self.number if self.is_least else value <= self.number


class Table:
    """Rows of medians over rounds, with the least and the greatest."""

    def __init__(self):
        self.rows = []

    def add(self, measure, lawcite, floor=None, ratio=None, bound=None):
        """`bound` is about `ratio` where there is one, else about `lawcite`."""
        judged = lawcite if ratio is None else ratio
        verdict = "" if bound is None else "yes" if bound.is_met(statistics.median(judged)) else "**no**"
        self.rows.append([measure, spread(lawcite), spread(floor), spread(ratio), str(bound or ""), verdict])

    def __str__(self):
        head = ["measure", "lawcite", "floor", "ratio", "aim", "met"]
        return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *self.rows])


def spread(values):
    if values is None:
        return ""
    middle = figure(statistics.median(values))
    return middle if len(values) == 1 else f"{middle} ({figure(min(values))}–{figure(max(values))})"


def figure(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


@dataclass
class Run:
    """What a finished process printed and used."""

    output: str
    seconds: float
    cpu_seconds: float
    peak_mb: float


def run(*command):
    with tempfile.TemporaryFile("w+") as complaints:
        started = time.monotonic()
        process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=complaints, text=True)
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            complaints.seek(0)
            last = (complaints.read().strip() or "no message").splitlines()[-1]
            raise Skipped(f"`{Path(command[0]).name} {command[1]}` failed: {last}")
    return Run(output, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)


def per_round(measured, base):
    return [one / other for one, other in zip(measured, base, strict=True)]


class Kit:
    def __init__(self, options, work):
        self.options = options
        self.lawcite, self.floor, self.corpus = options.lawcite, options.floor, options.corpus
        self.lawcite_index, self.floor_index, self.queries = work / "lawcite", work / "floor", work / "queries"
        self.work = work
        self.table = Table()

    def build_floor(self):
        shutil.rmtree(self.floor_index, ignore_errors=True)
        return run(self.floor, "build", self.corpus, self.floor_index)

    def build_lawcite(self):
        shutil.rmtree(self.lawcite_index, ignore_errors=True)
        return run(self.lawcite, "index", self.corpus, "--index", self.lawcite_index, "--full", "--json")

    def need_lawcite_index(self):
        if not (self.lawcite_index / "current").exists():
            self.build_lawcite()

    def need_queries(self):
        if not self.options.questions.exists():
            raise Skipped(f"no questions in `{self.options.questions}`")
        run(self.floor, "queries", self.corpus, self.options.questions, self.queries)

    def build(self):
        """One program after the other, in turn; the clock runs from start to exit of the process."""
        warm_up(self.corpus)
        floor, lawcite = [], []
        for number in range(max(3, self.options.rounds)):
            floor.append(self.build_floor())
            lawcite.append(self.build_lawcite())
            say(f"build {number + 1}: floor {floor[-1].seconds:.1f} s, lawcite {lawcite[-1].seconds:.1f} s")
        summary = json.loads(floor[-1].output)
        megabytes = summary["text_bytes"] / 1e6
        say(f"{summary['documents']} articles, {megabytes:.1f} MB of text, {summary['threads']} threads")

        def column(runs, of):
            return [of(one) for one in runs]

        speed = [column(runs, lambda one: megabytes / one.seconds) for runs in (lawcite, floor)]
        self.table.add("build, MB/s of articles' text", *speed, per_round(*speed), Bound(0.3, is_least=True))
        work = [column(runs, lambda one: one.cpu_seconds) for runs in (lawcite, floor)]
        self.table.add("build, processor seconds", *work, per_round(*work))
        self.table.add("build, peak MB", *[column(runs, lambda one: one.peak_mb) for runs in (lawcite, floor)],
                       bound=Bound(1000))
        size = [[bytes_below(folder) / 1e6 / megabytes] for folder in (self.lawcite_index, self.floor_index)]
        self.table.add("index, bytes a byte of text", *size, bound=Bound(2.5))

    def query(self):
        """Each set through one program and then the other, in turn."""
        self.need_lawcite_index()
        if not self.floor_index.exists():
            self.build_floor()
        self.need_queries()
        twice = {}
        for name in QUERY_SETS:
            twice[name] = self.work / f"{name}-twice.txt"
            twice[name].write_text((self.queries / f"{name}.txt").read_text() * 2)
        took = {(program, name): [] for program in ("lawcite", "exhaustive", "top10") for name in QUERY_SETS}
        for _ in range(self.options.rounds):
            for name in QUERY_SETS:
                for mode in ("exhaustive", "top10"):
                    answers = run(self.floor, "search", self.floor_index, self.queries / f"{name}.txt", f"--{mode}")
                    took[mode, name].append(micros(answers))
                answers = run(self.lawcite, "search", "--batch", twice[name], "--limit", "10",
                              "--index", self.lawcite_index)
                both_passes = micros(answers)
                took["lawcite", name].append(both_passes[len(both_passes) // 2:])
        for name, percent, bound in (("keywords", 50, Bound(1.5)), ("keywords", 99, None),
                                     ("questions", 50, Bound(2)), ("questions", 99, Bound(2))):
            ours, floor, pruned = ([percentile(one, percent) for one in took[program, name]]
                                   for program in ("lawcite", "exhaustive", "top10"))
            self.table.add(f"{name} p{percent}, µs", ours, floor, per_round(ours, floor), bound)
            self.table.add(f"{name} p{percent}, µs, floor pruned", ours, pruned, per_round(ours, pruned))
            ours, floor = ([percentile(least(took[program, name]), percent)] for program in ("lawcite", "exhaustive"))
            self.table.add(f"{name} p{percent}, µs, least of rounds", ours, floor, per_round(ours, floor))
        self.memory()

    def memory(self):
        """The server's own memory while it answers all queries once: without files mapped into it."""
        most = 0
        with Server(self.lawcite, self.lawcite_index) as server:
            server.wait()
            for name in QUERY_SETS:
                for line in (self.queries / f"{name}.txt").read_text().splitlines():
                    server.search(line.split("\t", 1)[1])
                    most = max(most, server.anonymous_mb())
        self.table.add("server, MB without page cache", [most], bound=Bound(250))

    def start(self):
        """From the start of the process to the first search answered."""
        self.need_lawcite_index()
        for name, prepare in (("cached", warm_up), ("not cached", forget)):
            seconds = []
            for _ in range(max(5, self.options.rounds)):
                prepare(self.lawcite_index)
                started = time.monotonic()
                with Server(self.lawcite, self.lawcite_index) as server:
                    server.wait()
                    seconds.append((time.monotonic() - started) * 1000)
            self.table.add(f"start to first answer, ms, index {name}", seconds,
                           bound=Bound(400) if name == "cached" else None)

    def incremental(self):
        """One file of a copy of the corpus changes, while a server answers from a copy of the index."""
        self.need_lawcite_index()
        with tempfile.TemporaryDirectory(dir=self.work) as folder:
            corpus, index = Path(folder, "corpus"), Path(folder, "index")
            shutil.copytree(self.corpus, corpus, copy_function=shutil.copyfile)
            shutil.copytree(self.lawcite_index, index)
            for path in corpus.rglob("*"):
                path.chmod(0o755 if path.is_dir() else 0o644)
            files = sorted(path for path in corpus.rglob("*.md") if "第一条" in path.read_text())
            # The files have other paths now; what that costs is none of the measure.
            run(self.lawcite, "index", corpus, "--index", index)
            served, built, failed = [], [], 0
            with Server(self.lawcite, index) as server:
                server.wait()
                for number, mark in enumerate(MARKS[:max(5, self.options.rounds)]):
                    words = f"天干之{mark}字测量文字"
                    with files[number * len(files) // len(MARKS)].open("a") as file:
                        file.write(f"\n\n{words}。\n")
                    before = server.generation()
                    started = time.monotonic()
                    building = subprocess.Popen([self.lawcite, "index", corpus, "--index", index],
                                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                    done = None
                    while (generation := server.generation()) in (before, None):
                        failed += generation is None
                        if done is None and building.poll() is not None:
                            done = time.monotonic() - started
                        if building.poll() not in (None, 0) or time.monotonic() - started > 120:
                            raise Skipped("the new generation is not served: run `lawcite index` by hand")
                        time.sleep(0.005)
                    served.append(time.monotonic() - started)
                    building.wait()
                    built.append(done or time.monotonic() - started)
                    if not server.search(f'"{words}"')["total"]:
                        raise Skipped(f"`{words}` was added to a file and is not found")
        self.table.add("one file changed, s until served", served, bound=Bound(2))
        self.table.add("one file changed, s until published", built)
        self.table.add("requests failed meanwhile", [failed], bound=Bound(0))


def micros(answers):
    return [json.loads(line)["took_us"]["total"] for line in answers.output.splitlines()]


def percentile(values, percent):
    return max(1, sorted(values)[(len(values) - 1) * percent // 100])


def least(rounds):
    """Of each query its fastest round: what it costs where nobody else wants the processor."""
    return [min(one) for one in zip(*rounds, strict=True)]


def files_below(folder):
    return [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else [folder]


def bytes_below(folder):
    """Files with several names count once: generations share segments."""
    return sum({stat.st_ino: stat.st_size for stat in map(os.stat, files_below(folder))}.values())


def warm_up(folder):
    for path in files_below(folder):
        path.read_bytes()


def forget(folder):
    """Asks the system to drop the files from its page cache."""
    for path in files_below(folder):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def say(line):
    print(line, file=sys.stderr, flush=True)


def main():
    data = Path("../shared/data")
    parser = argparse.ArgumentParser(prog="scripts/measure-floor", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all without any")
    parser.add_argument("--lawcite", type=Path, required=True, help="the program")
    parser.add_argument("--floor", type=Path, required=True, help="the program")
    parser.add_argument("--corpus", type=Path, default=data / "statutes", help="statutes in Markdown, or JSONL")
    parser.add_argument("--questions", type=Path, default=data / "questions/dev.tsv")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where indexes stay, and are used again if there")
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"no part {', '.join(sorted(unknown))}: there are {', '.join(PARTS)}")
    if not options.corpus.exists():
        say(f"skipped everything: no statutes in `{options.corpus}`")
        return
    options.lawcite, options.floor = options.lawcite.resolve(), options.floor.resolve()
    load = os.getloadavg()[0]
    say(f"{os.cpu_count()} processors, load {load:.1f}" + (", so believe ratios only" if load > 1 else ""))
    skipped = []
    with tempfile.TemporaryDirectory(dir=options.floor.parent) as temporary:
        work = options.keep or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        kit = Kit(options, work)
        for part in options.parts or PARTS:
            try:
                getattr(kit, part)()
            except (Skipped, RuntimeError) as reason:
                skipped.append(f"skipped {part}: {reason}")
    print(kit.table)
    for line in skipped:
        print(line)
    if skipped:
        sys.exit(1)


main()
