"""A running `lawcite serve`, asked over HTTP."""

import http.client
import json
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

LONGEST_START = 60


class Server:
    def __init__(self, program, index):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.command = [program, "serve", "--listen", f"127.0.0.1:{self.port}", "--index", index]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def wait(self):
        """Until a search is answered."""
        started = time.monotonic()
        while True:
            try:
                return self.search("社会保险")
            except ConnectionRefusedError:
                if self.process.poll() is not None or time.monotonic() - started > LONGEST_START:
                    raise RuntimeError("`lawcite serve` does not answer") from None
                time.sleep(0.001)

    def search(self, query):
        return self.get(f"/api/v1/search?q={quote(query)}")

    def generation(self):
        """The generation that serves, `None` where the request failed."""
        try:
            return self.get("/readyz")["generation"]
        except (OSError, RuntimeError):
            return None

    def anonymous_mb(self):
        """What the process holds that is no mapped file."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) / 1000
        raise RuntimeError("no RssAnon: this needs Linux")

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
            return json.loads(body)
        finally:
            connection.close()
