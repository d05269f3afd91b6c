"""Measures how lawcite stands up to what operation brings and prints one table. Run by scripts/measure-operation, which builds the
programs."""

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

from bitrot import bitrot
from kill import kill
from kit import Kit, Skipped, say
from load import load
from overload import overload
from swap import swap

PARTS = {part.__name__: part for part in (load, overload, swap, kill, bitrot)}


def main():
    data = Path("../shared/data")
    parser = argparse.ArgumentParser(prog="scripts/measure-operation", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all without any")
    parser.add_argument("--lawcite", type=Path, required=True, help="the program")
    parser.add_argument("--constant", type=Path, required=True, help="the program that answers a constant")
    parser.add_argument("--corpus", type=Path, default=data / "statutes", help="statutes in Markdown")
    parser.add_argument("--questions", type=Path, default=data / "questions/dev.tsv")
    parser.add_argument("--serve", default="", metavar="FLAGS", help="flags for `lawcite serve`, in one word")
    parser.add_argument("--minutes", type=float, default=5, help="of load")
    parser.add_argument("--seconds", type=float, default=30, help="of overload")
    parser.add_argument("--swaps", type=int, default=100)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where the index stays, and is used again if there")
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"no part {', '.join(sorted(unknown))}: there are {', '.join(PARTS)}")
    if not options.corpus.exists():
        say(f"skipped everything: no statutes in `{options.corpus}`")
        return 0
    options.lawcite, options.constant = options.lawcite.resolve(), options.constant.resolve()
    busy = os.getloadavg()[0]
    say(f"{os.cpu_count()} processors, load {busy:.1f}" + (", so believe ratios only" if busy > 1 else ""))
    skipped = []
    with tempfile.TemporaryDirectory(dir=options.lawcite.parent) as temporary:
        work = options.keep or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        kit = Kit(options, work)
        for part in options.parts or PARTS:
            try:
                PARTS[part](kit)
            except (Skipped, RuntimeError) as reason:
                skipped.append(f"skipped {part}: {reason}")
    print(kit.table)
    for line in skipped:
        print(line)
    return 1 if skipped or kit.table.failed else 0


# Whoever ends this ends the servers that it started.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
sys.exit(main())
