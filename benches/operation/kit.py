"""What all parts need: indexes, a server, queries, wrk, a table."""

import http.client
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote

LONGEST_START = 60


class Skipped(Exception):
    """A part that cannot be measured, and why."""


def current(index):
    """The name of the generation that is published; its checksum stands behind it."""
    return (index / "current").read_text().split()[0]


def say(line):
    print(line, file=sys.stderr, flush=True)


class Table:
    """A row a figure, with what it must be."""

    def __init__(self):
        self.rows = []
        self.failed = False

    def add(self, measure, value, aim="", met=None):
        self.failed |= met is False
        self.rows.append([measure, str(value), aim, {None: "", True: "yes", False: "**no**"}[met]])

    def __str__(self):
        head = ["measure", "value", "aim", "met"]
        return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *self.rows])


class Process:
    """A program that says `http://…/` on its standard error when it listens. Its log is kept."""

    def __init__(self, command, log, environment=None):
        self.log = Path(log)
        with self.log.open("wb") as complaints:
            self.process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=complaints,
                                            env={**os.environ, **(environment or {})})
        self.port = None

    def __enter__(self):
        try:
            self.wait_until_listening()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()

    def said(self):
        return self.log.read_text(errors="replace")

    def wait_until_listening(self):
        started = time.monotonic()
        while not (found := re.search(r"http://127\.0\.0\.1:(\d+)/", self.said())):
            if self.process.poll() is not None or time.monotonic() - started > LONGEST_START:
                raise RuntimeError(f"the server did not start: {self.said().strip() or 'it says nothing'}")
            time.sleep(0.01)
        self.port = int(found[1])

    def status(self, field):
        """A field of /proc/PID/status in MB."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(field + ":"):
                return int(line.split()[1]) / 1000
        raise RuntimeError(f"no {field}: this needs Linux")

    def cpu_seconds(self):
        after_name = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")

    def ask(self, path, timeout=10):
        """The status and the body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def get(self, path):
        status, body = self.ask(path)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
        return json.loads(body)


class Kit:
    def __init__(self, options, work):
        self.options, self.work = options, work
        self.lawcite, self.corpus, self.seeds = options.lawcite, options.corpus, Path("seeds")
        self.table = Table()
        self.chance = random.Random(6)

    def index_command(self, index, *sources, full=False):
        command = [self.lawcite, "index", *(sources or (self.corpus, self.seeds / "responsibility")), "--index", index]
        return [str(word) for word in command] + (["--full"] if full else [])

    def build(self, index, *sources, full=False):
        done = subprocess.run(self.index_command(index, *sources, full=full), stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"`lawcite index` failed: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")

    def index(self):
        """The index of all statutes and the seed; used again where it is there."""
        index = self.work / "index"
        if not (index / "current").exists():
            self.build(index)
        return index

    def scratch(self):
        """A folder that goes away, on the file system of the index, so that hard links reach."""
        return tempfile.TemporaryDirectory(dir=self.work)

    def serve(self, index, log="serve.log"):
        command = [self.lawcite, "serve", "--listen", "127.0.0.1:0", "--index", index, *self.options.serve.split()]
        return Process(command, self.work / log)

    def questions(self):
        """Real queries: lay questions and what officers type."""
        questions = []
        if self.options.questions.exists():
            questions += [line.split("\t", 1)[1] for line in self.options.questions.read_text("utf-8").splitlines()]
        for path in sorted(Path("tests/quality/queries").glob("*.jsonl")):
            questions += [json.loads(line)["query"] for line in path.read_text("utf-8").splitlines() if line.strip()]
        self.chance.shuffle(questions)
        return questions[:2000]

    def paths(self):
        """Eight searches, a suggestion and an article in ten."""
        for number, question in enumerate(self.questions()):
            match number % 10:
                case 8:
                    yield f"/api/v1/suggest?q={quote(question[:3])}"
                case 9:
                    yield f"/api/v1/statutes/{quote('社会保险法')}/articles/{number % 90 + 1}"
                case _:
                    yield f"/api/v1/search?q={quote(question)}"

    def wrk(self, port, seconds, connections, paths, delay_ms=None):
        """What wrk counted; latencies in ms. With a delay each connection waits between its requests."""
        if not shutil.which("wrk"):
            raise Skipped("no wrk: install it first")
        listed = self.work / "paths.txt"
        listed.write_text("".join(f"{path}\n" for path in paths))
        script = self.work / "mixed.lua"
        script.write_text(MIXED.replace("PATHS", str(listed.resolve()))
                          + (DELAYED.replace("MILLISECONDS", str(delay_ms)) if delay_ms else ""))
        command = ["wrk", f"-t{2 if connections > 8 else 1}", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s",
                   "-s", script, f"http://127.0.0.1:{port}/"]
        done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout.rsplit("COUNTED", 1)[1])


# Each connection goes through all paths in turn, from a place of its own on.
MIXED = """
local requests, at = {}, 0
local threads = 0
function setup(thread) thread:set("number", threads); threads = threads + 1 end
function init()
  for path in io.lines("PATHS") do requests[#requests + 1] = wrk.format("GET", path) end
  at = number * 997
end
function request() at = at + 1; return requests[at % #requests + 1] end
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('COUNTED{"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"most":%f,"connect":%d,"read":%d,"write":%d,"timeout":%d,"status":%d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3,
    errors.connect, errors.read, errors.write, errors.timeout, errors.status))
end
"""
DELAYED = "function delay() return MILLISECONDS end\n"


def failures(counted):
    return sum(counted[kind] for kind in ("connect", "read", "write", "timeout", "status"))


class Watch(threading.Thread):
    """Asks known questions until it is stopped, and keeps what was not answered as it was known."""

    def __init__(self, server, known, pause=0.02):
        super().__init__(daemon=True)
        self.server, self.known, self.pause = server, known, pause
        self.asked, self.wrong, self.failed, self.stopping = 0, [], [], False

    def run(self):
        while not self.stopping:
            for path, expected in self.known.items():
                try:
                    status, body = self.server.ask(path)
                    if status != 200:
                        self.failed.append(f"{path}: {status}")
                    elif essence(body) != expected:
                        self.wrong.append(path)
                except (OSError, http.client.HTTPException) as error:
                    self.failed.append(f"{path}: {error!r}")
                self.asked += 1
                time.sleep(self.pause)

    def stop(self):
        self.stopping = True
        self.join()


def essence(body):
    """What an answer says, without what differs between two times it is asked."""

    def strip(value):
        if isinstance(value, dict):
            return {key: strip(one) for key, one in value.items() if key not in ("took_us", "score", "uptime_seconds")}
        return [strip(one) for one in value] if isinstance(value, list) else value

    return strip(json.loads(body))


def known(server, paths):
    """The answers to these, as they are now."""
    return {path: essence(json.dumps(server.get(path))) for path in paths}
