"""One flipped bit at random places of a generation: noticed by `lawcite verify`, and never served."""

import http.client
import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from kit import Process, current, essence, known, say

# How many of the flips a server is started on.
SERVED_OF = 20
READY_WITHIN = 20


def bitrot(kit):
    with kit.scratch() as folder:
        index = Path(folder, "index")
        shutil.copytree(kit.index(), index)
        generation = index / "generations" / current(index)
        files = sorted(path for path in generation.rglob("*") if path.is_file() and path.stat().st_size)
        asked = [*list(kit.paths())[:40], f"/api/v1/documents/boshan-hrss-2015", f"/api/v1/statutes/{quote('社会保险法')}"]
        with kit.serve(index, "bitrot.log") as server:
            right = known(server, asked)
        say(f"bitrot: {kit.options.flips} flips in {len(files)} files, every {SERVED_OF}th served")
        missed, verdicts, bad, seconds = [], {}, [], time.monotonic()
        for number in range(kit.options.flips):
            path, at = place(kit, files, number)
            bit = 1 << kit.chance.randrange(8)
            flip(path, at, bit)
            try:
                done = subprocess.run([kit.lawcite, "verify", "--index", index], capture_output=True, text=True)
                noticed = done.returncode != 0 and "panicked" not in done.stderr
                if not noticed:
                    missed.append(f"{path.relative_to(generation)} byte {at} bit {bit}: {done.stderr.strip()[:80]}")
                if number % SERVED_OF == 0:
                    verdict, wrong = served(kit, index, right)
                    verdicts[verdict] = verdicts.get(verdict, 0) + 1
                    bad += [f"{path.relative_to(generation)} byte {at} bit {bit}: {one}" for one in wrong]
            finally:
                flip(path, at, bit)
            if (number + 1) % 100 == 0:
                say(f"bitrot: {number + 1} flips, {len(missed)} missed, served: {verdicts}, {len(bad)} bad; {time.monotonic() - seconds:.0f} s")
        for line in missed[:20] + bad[:20]:
            say(line)

    add = kit.table.add
    add("bitrot: flips, not noticed by `verify`", f"{kit.options.flips}, {len(missed)} {missed[:1] or ''}", "0", not missed)
    add("bitrot: servers started on one", ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items())))
    add("bitrot: wrong answers, panics", f"{len(bad)} {bad[:1] or ''}", "0", not bad)


def place(kit, files, number):
    """Every other flip anywhere in all bytes, every other in a file drawn first: most bytes are in few files."""
    if number % 2:
        path = kit.chance.choice(files)
        return path, kit.chance.randrange(path.stat().st_size)
    at = kit.chance.randrange(sum(path.stat().st_size for path in files))
    for path in files:
        if at < path.stat().st_size:
            return path, at
        at -= path.stat().st_size
    raise AssertionError("the place is in one of the files")


def flip(path, at, bit):
    """Written through a descriptor, as the file keeps its inode, size and readers."""
    mode = path.stat().st_mode
    path.chmod(mode | 0o200)
    descriptor = os.open(path, os.O_RDWR)
    try:
        byte = os.pread(descriptor, 1, at)[0]
        os.pwrite(descriptor, bytes([byte ^ bit]), at)
    finally:
        os.close(descriptor)
        path.chmod(mode)


def served(kit, index, right):
    """What a server makes of it, and what it said that is not so."""
    bad = []
    verdict = "refused to start"
    try:
        with kit.serve(index, "bitrot.log") as server:
            if not is_ready(server):
                verdict = "not ready"
            else:
                verdict = "served, all right"
                for path, expected in right.items():
                    try:
                        status, body = server.ask(path)
                    except (OSError, http.client.HTTPException) as error:
                        bad.append(f"{path}: {error!r}")
                        continue
                    if status >= 500:
                        verdict = "served, some 5xx"
                    elif status != 200:
                        bad.append(f"{path}: {status}")
                    elif essence(body) != expected:
                        bad.append(f"{path}: a wrong answer")
    except RuntimeError:
        pass
    log = (kit.work / "bitrot.log").read_text(errors="replace")
    if "panicked" in log:
        bad.append(next(line for line in log.splitlines() if "panicked" in line))
    return verdict, bad


def is_ready(server):
    """What is checked in the background may take its time."""
    started = time.monotonic()
    while time.monotonic() - started < READY_WITHIN and server.process.poll() is None:
        try:
            if server.ask("/readyz")[0] == 200:
                return True
        except OSError:
            pass
        time.sleep(0.05)
    return False
