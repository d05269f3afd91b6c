#!/usr/bin/env python3
"""How building and searching grow, on this machine and on a cluster.

    measure.py --lawcite BIN --work DIR --units 150000 1500000 --nodes 1 3 --queries FILE.tsv

For each number of units: generated statutes (kept in DIR, made where they are
missing), an embedded index, and an index on each number of nodes, with one
copy of each shard beside it where there are several nodes. Questions are
asked one after the other, twice; the second time counts. Prints a table in
Markdown and writes DIR/measured.json. `--nodes` without a number asks no
cluster. Needs Java and Maven (see tests/cluster/README.md); everything shares
this machine, the client too.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# So many articles are in one generated file: the indexer reads a file at once.
A_FILE = 2_000_000
# What the program logs of each request that answers a question.
WAITED = re.compile(r"_(?:m?search|mget)\b.*?micros=(\d+)")
sys.path.insert(0, str(ROOT / "tests" / "cluster"))
import cluster  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lawcite", required=True, type=Path)
    parser.add_argument("--work", required=True, type=Path)
    parser.add_argument("--units", type=int, nargs="+", default=[150_000])
    parser.add_argument("--source", type=Path, help="index this instead of what is generated")
    parser.add_argument("--nodes", type=int, nargs="*", default=[1, 3])
    parser.add_argument("--shards", type=int, default=1)
    parser.add_argument("--heap", default="1g")
    parser.add_argument("--queries", required=True, type=Path)
    parser.add_argument("--ask", type=int, help="so many of the questions, evenly spread, instead of all")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    options.questions = questions(options)
    measured = []
    for units in options.units:
        source = options.source or generated(options, units)
        index = options.work / f"index-{units}"
        build, seconds = run(options, "index", str(source), "--index", str(index), "--full", "--json")
        asked(options, "--index", str(index))
        row = {
            "units": build[0]["units"],
            "source_bytes": build[0]["source_bytes"],
            "embedded": {"bytes": build[0]["index_bytes"], "seconds": seconds, **asked(options, "--index", str(index))},
        }
        for nodes in options.nodes:
            row[f"nodes_{nodes}"] = on_cluster(options, source, index, nodes)
        measured.append(row)
        (options.work / "measured.json").write_text(json.dumps(measured, indent=1))
        print(table(row), flush=True)


def questions(options):
    """The file of those that are asked."""
    lines = options.queries.read_text().splitlines()
    asked = min(options.ask or len(lines), len(lines))
    path = options.work / ("questions" + options.queries.suffix)
    path.write_text("".join(f"{lines[at * len(lines) // asked]}\n" for at in range(asked)))
    return path


def generated(options, units):
    folder = options.work / f"units-{units}"
    if not folder.exists():
        making = options.work / "making"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        maker = [sys.executable, str(ROOT / "benches" / "scale" / "generate.py"), "--jobs", "2"]
        files = ["--files", str(-(-units // A_FILE))] if units > A_FILE else []
        command = [*maker, "--units", str(units), "--out", str(making / "made.jsonl"), *files]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        making.rename(folder)
    return folder


def on_cluster(options, source, index, nodes):
    home = options.work / f"cluster-{nodes}"
    shutil.rmtree(home, ignore_errors=True)
    started = cluster.start(home, nodes, options.heap)
    try:
        place = ["--backend", "opensearch", "--url", ",".join(started["urls"])]
        filling = [*place, "--shards", str(options.shards), "--replicas", "1" if nodes > 1 else "0"]
        lines, _ = run(options, "index", str(source), "--index", str(index), *filling, "--json")
        filled = lines[1]
        again, _ = run(options, "index", str(source), "--index", str(index), *filling, "--json")
        asked(options, *place)
        return {
            "bytes": filled["stored"],
            "sent": filled["bytes"],
            "seconds": filled["seconds"],
            "unchanged_seconds": again[1]["seconds"],
            **asked(options, *place),
        }
    finally:
        cluster.stop(home)
        shutil.rmtree(home, ignore_errors=True)


def asked(options, *place):
    """Microseconds of half and of 99 of 100 questions, and the share of all of them that is not waiting for a cluster."""
    command = [str(options.lawcite), "search", "--batch", str(options.questions), *place]
    logged = {**os.environ, "LAWCITE_LOG": "lawcite_core=debug", "NO_COLOR": "1"}
    answers = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=logged)
    took = sorted(json.loads(line)["took_us"]["total"] for line in answers.stdout.splitlines())
    waited = sum(int(micros) for micros in WAITED.findall(answers.stderr))
    own = 1 - waited / max(sum(took), 1)
    return {"p50_us": took[len(took) // 2], "p99_us": took[len(took) * 99 // 100], "own_share": round(own, 4)}


def run(options, *arguments):
    began = time.monotonic()
    command = subprocess.run([str(options.lawcite), *arguments], check=True, stdout=subprocess.PIPE, cwd=ROOT)
    lines = [json.loads(line) for line in command.stdout.splitlines() if line.startswith(b"{")]
    return lines, round(time.monotonic() - began, 2)


def table(row):
    lines = ["| | bytes a unit | seconds | ms of half | ms of 99 of 100 | ours |", "| --- | --- | --- | --- | --- | --- |"]
    for name, of in row.items():
        if isinstance(of, dict):
            each = of["bytes"] / row["units"]
            lines.append(
                f"| {row['units']:,} units, {name} | {each:.0f} | {of['seconds']:.0f} "
                f"| {of['p50_us'] / 1000:.1f} | {of['p99_us'] / 1000:.0f} | {100 * of['own_share']:.0f} % |"
            )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
