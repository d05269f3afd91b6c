"""Mixed real queries by 64 connections, and the same of a route that returns a constant."""

import statistics
from urllib.parse import quote

from kit import Process, failures, say

CONNECTIONS = 64


def load(kit):
    paths = list(kit.paths())
    seconds = max(5, round(kit.options.minutes * 60))
    with kit.serve(kit.index()) as server:
        alone = alone_micros(server, kit.questions()[:300])
        size = statistics.mean(len(server.ask(path)[1]) for path in paths[:300])
        kit.wrk(server.port, 5, CONNECTIONS, paths)  # to warm up
        rss, cpu = server.status("VmRSS"), server.cpu_seconds()
        say(f"load: {seconds} s, {len(paths)} different requests, {size:.0f} bytes an answer")
        ours = kit.wrk(server.port, seconds, CONNECTIONS, paths)
        ours_cpu = (server.cpu_seconds() - cpu) / ours["requests"] * 1e6
        rss_after, most = server.status("VmRSS"), server.status("VmHWM")

    constant = kit.work / "constant.json"
    constant.write_text('"' + "x" * (round(size) - 2) + '"')
    with Process([kit.options.constant, "127.0.0.1:0", constant], kit.work / "constant.log") as server:
        kit.wrk(server.port, 2, CONNECTIONS, paths)
        cpu = server.cpu_seconds()
        theirs = kit.wrk(server.port, min(seconds, 60), CONNECTIONS, paths)
        theirs_cpu = (server.cpu_seconds() - cpu) / theirs["requests"] * 1e6

    add = kit.table.add
    speed, constant_speed = (counted["requests"] / counted["seconds"] for counted in (ours, theirs))
    add("load: requests/s", f"{speed:.0f} (constant {constant_speed:.0f}, ratio {speed / constant_speed:.3f})")
    for name in ("p50", "p99"):
        add(f"load: {name}, ms", f"{ours[name]:.1f} (constant {theirs[name]:.2f}, ratio {ours[name] / theirs[name]:.1f})")
    add("load: errors", failures(ours), "0", failures(ours) == 0)
    growth = rss_after - rss
    add("load: resident MB, before → after (most)", f"{rss:.0f} → {rss_after:.0f} ({most:.0f})", "+10 %", growth < 0.1 * rss)
    add("load: processor µs a request", f"{ours_cpu:.0f} (constant {theirs_cpu:.0f})")
    share = statistics.mean(alone) * 0.8 / (ours_cpu - theirs_cpu)
    add("load: µs a search says it took, alone", f"{statistics.mean(alone):.0f}; searches are 8 of 10 requests: {share:.0%} of the gap")


def alone_micros(server, questions):
    """What each search says that it took, one after the other, the second time."""
    return [server.get(f"/api/v1/search?q={quote(question)}")["took_us"]["total"] for question in questions + questions][len(questions):]
