"""Generations published one after the other under steady load."""

import fcntl
import json
import os
import shutil
import threading
import time
from pathlib import Path

from kit import current, failures, say

CONNECTIONS = 8
DELAY_MS = 20
SERVED_WITHIN = 30


def swap(kit):
    paths = list(kit.paths())
    with kit.scratch() as folder:
        index, sources = Path(folder, "index"), Path(folder, "sources")
        sources.mkdir()
        extra = sources / "换代测量规定.md"
        kinds = []
        for number, word in enumerate(("甲", "乙")):
            # Two variants: one provision is another, so that the server has something new to open.
            extra.write_text(f"# 换代测量规定\n\n<!-- INFO END -->\n\n第一条 换代之{word}。\n\n第二条 测量之{word}。\n")
            kit.build(index, kit.corpus, kit.seeds / "responsibility", sources)
            kinds.append(Path(folder, f"variant{number}"))
            link(index / "generations" / current(index), kinds[-1])
        with kit.serve(index, "swap.log") as server:
            seconds = max(20, round(kit.options.swaps * 0.8))
            kit.wrk(server.port, 5, CONNECTIONS, paths, DELAY_MS)
            quiet = kit.wrk(server.port, seconds, CONNECTIONS, paths, DELAY_MS)
            say(f"swap: quiet {quiet['requests']} requests, p99 {quiet['p99']:.1f} ms; now {kit.options.swaps} generations")
            swapping = Swapping(server, index, kinds, kit.options.swaps)
            swapping.start()
            runs = []
            while swapping.is_alive() or not runs:
                runs.append(kit.wrk(server.port, seconds, CONNECTIONS, paths, DELAY_MS))
            swapping.join()
            if swapping.error:
                raise RuntimeError(swapping.error)
            panics = server.said().count("panicked")
        kept = len(list((index / "generations").iterdir()))

    requests, failed = sum(run["requests"] for run in runs), sum(map(failures, runs))
    # The last run goes on after the last generation; the longest p99 is the honest one.
    p99 = max(run["p99"] for run in runs)
    add = kit.table.add
    add("swap: generations served", swapping.served, str(kit.options.swaps), swapping.served == kit.options.swaps)
    add("swap: requests, failed", f"{requests}, {failed}", "0 failed", failed == 0)
    add("swap: p99 ms, quiet → swapping (most)", f"{quiet['p99']:.1f} → {p99:.1f} ({max(run['most'] for run in runs):.0f})", "2 ×",
        p99 <= 2 * quiet["p99"])
    add("swap: generations kept, panics", f"{kept}, {panics}", "≤ 3, 0", kept <= 3 and panics == 0)


def link(generation, copy):
    """The same generation under another name. Its manifest is a file of its own, as readers lock it."""
    shutil.copytree(generation, copy, copy_function=lambda file, to: (
        shutil.copyfile(file, to) if os.path.basename(file) == "manifest.json" else os.link(file, to)))


class Swapping(threading.Thread):
    """Publishes as a build does: the folder whole, then the name."""

    def __init__(self, server, index, kinds, count):
        super().__init__(daemon=True)
        self.server, self.index, self.kinds, self.count = server, index, kinds, count
        self.served, self.error = 0, None

    def run(self):
        try:
            for number in range(self.count):
                self.publish(self.kinds[number % 2])
        except Exception as error:  # said by the part that waits for it
            self.error = f"after {self.served} generations: {error!r}"

    def publish(self, kind):
        generations = self.index / "generations"
        before = current(self.index)
        name = f"{int(before) + 1:06}"
        link(kind, generations / "building")
        os.rename(generations / "building", generations / name)
        following = self.index / "current.next"
        following.write_text(f"{name}\n")
        os.replace(following, self.index / "current")
        started = time.monotonic()
        while json.loads(self.server.ask("/readyz")[1])["generation"] != name:
            if time.monotonic() - started > SERVED_WITHIN:
                raise RuntimeError(f"generation {name} is not served")
            time.sleep(0.05)
        self.served += 1
        for path in generations.iterdir():
            if path.name not in (before, name) and not is_held(path):
                shutil.rmtree(path)


def is_held(generation):
    """Whether a reader has the generation open."""
    with (generation / "manifest.json").open() as manifest:
        try:
            fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False
