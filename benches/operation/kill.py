"""Builds killed at random moments, while a server answers."""

import shutil
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from kit import Watch, known, say

# What every generation says, whatever else changes: quoted words, an article, a list's provision, a list.
SAME = [
    "/api/v1/search?limit=3&q=" + quote('"职工应当参加工伤保险"'),
    f"/api/v1/statutes/{quote('社会保险法')}/articles/92",
    "/api/v1/units/boshan-hrss-2015/duty/4/citation/1/article/92",
    "/api/v1/documents?limit=1",
]


def kill(kit):
    with kit.scratch() as folder:
        corpus, index = Path(folder, "corpus"), Path(folder, "index")
        shutil.copytree(kit.corpus, corpus, copy_function=shutil.copyfile)
        for path in corpus.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        sources = (corpus, kit.seeds / "responsibility")
        whole = timed(kit, index, sources, full=True)
        changing = corpus / "打断测量规定.md"
        change(changing, 0)
        partly = timed(kit, index, sources, full=False)
        say(f"kill: a whole build takes {whole:.1f} s, one of a changed file {partly:.1f} s; {kit.options.kills} kills")
        killed = {True: 0, False: 0}
        finished, refused = 0, []
        with kit.serve(index, "kill.log") as server:
            watch = Watch(server, known(server, SAME))
            watch.start()
            while sum(killed.values()) < kit.options.kills:
                full = kit.chance.random() < 0.5
                change(changing, sum(killed.values()) + 1)
                process = subprocess.Popen(kit.index_command(index, *sources, full=full), stdout=subprocess.DEVNULL,
                                           stderr=subprocess.DEVNULL)
                time.sleep(kit.chance.uniform(0, whole if full else partly))
                process.kill()
                if process.wait() >= 0:
                    finished += 1  # it was done before
                    continue
                killed[full] += 1
                try:
                    kit.build(index, *sources)
                except RuntimeError as error:
                    refused.append(str(error))
                if sum(killed.values()) % 20 == 0:
                    say(f"kill: {sum(killed.values())} killed, {watch.asked} asked, {len(watch.wrong)} wrong, {len(watch.failed)} failed")
            watch.stop()
            panics = server.said().count("panicked")
            most = len(list((index / "generations").iterdir()))
        kit.build(index, *sources)
        kept = len(list((index / "generations").iterdir()))
        verified = subprocess.run([kit.lawcite, "verify", "--index", index], capture_output=True, text=True)

    add = kit.table.add
    add("kill: whole builds, builds of a change killed", f"{killed[True]}, {killed[False]} ({finished} were done before)",
        str(kit.options.kills), True)
    add("kill: next builds that failed", f"{len(refused)} {refused[:1] or ''}", "0", not refused)
    add("kill: asked meanwhile; wrong, failed", f"{watch.asked}; {len(watch.wrong)}, {len(watch.failed)} "
        f"{watch.wrong[:1] or watch.failed[:1] or ''}", "0, 0", not watch.wrong and not watch.failed and watch.asked > 0)
    add("kill: generations with the server on, at the end", f"{most}, {kept}", "≤ 4, ≤ 3", most <= 4 and kept <= 3)
    add("kill: verified at the end", verified.stdout.strip() or verified.stderr.strip(), "", verified.returncode == 0)
    add("kill: panics", panics, "0", panics == 0)


def change(path, number):
    """Another text each time, of words that nobody asks for."""
    path.write_text(f"# 打断测量规定\n\n<!-- INFO END -->\n\n第一条 天干甲乙丙丁{number}。\n\n第二条 戊己庚辛{number}。\n")


def timed(kit, index, sources, full):
    started = time.monotonic()
    kit.build(index, *sources, full=full)
    return time.monotonic() - started
