"""2,000 connections that do what clients should not, while it is asked for its health."""

import asyncio
import collections
import multiprocessing
import resource
import socket
import time
from urllib.parse import quote

from kit import say

CONNECTIONS = 2000
HEALTH_EVERY = 0.1
ANSWERS_WITHIN = 1.0


def overload(kit):
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    questions = kit.questions()
    with kit.serve(kit.index()) as server:
        server.get(f"/api/v1/search?q={quote(questions[0])}")
        quiet = server.status("VmRSS")
        stop, health = multiprocessing.Event(), multiprocessing.Queue()
        checker = multiprocessing.Process(target=check_health, args=(server.port, stop, health), daemon=True)
        checker.start()
        seconds = kit.options.seconds
        say(f"overload: {CONNECTIONS} connections for {seconds} s")
        counted = asyncio.run(attack(server.port, seconds, questions))
        ended = time.monotonic()
        recovered = None
        while time.monotonic() - ended < 30:
            try:
                if server.ask(f"/api/v1/search?q={quote(questions[0])}", timeout=1)[0] == 200:
                    recovered = time.monotonic() - ended
                    break
            except OSError:
                pass
            time.sleep(0.01)
        stop.set()
        latencies, failed = health.get(timeout=30)
        checker.join()
        most = server.status("VmHWM")
        alive = server.process.poll() is None
        panics = server.said().count("panicked")

    add = kit.table.add
    said = ", ".join(f"{count} × {status}" for status, count in sorted(counted.items(), key=lambda item: str(item[0])))
    shed = counted[503] + counted[429]
    add("overload: what busy clients were told", said or "nothing", "503 or 429 among it", shed > 0)
    add("overload: statuses of 500", counted[500], "0", counted[500] == 0)
    latencies.sort()
    worst = latencies[-1] if latencies else float("inf")
    middle = latencies[len(latencies) // 2] if latencies else float("inf")
    add("overload: health checks answered", f"{len(latencies)}, {len(failed)} not {failed[:2] or ''}", "all", not failed and bool(latencies))
    add("overload: health latency, ms, p50 (most)", f"{middle * 1000:.1f} ({worst * 1000:.0f})")
    add("overload: resident MB, quiet → most", f"{quiet:.0f} → {most:.0f}", "+512", most - quiet < 512)
    add("overload: s until an ordinary query is answered", "never" if recovered is None else f"{recovered:.2f}", "1",
        recovered is not None and recovered <= ANSWERS_WITHIN)
    add("overload: it lives, panics", f"{alive}, {panics}", "True, 0", alive and panics == 0)


def check_health(port, stop, health):
    """On connections of its own, as a supervisor would."""
    latencies, failed = [], []
    while not stop.is_set():
        started = time.monotonic()
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.sendall(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
                answer = connection.recv(100)
            if answer.startswith(b"HTTP/1.1 200"):
                latencies.append(time.monotonic() - started)
            else:
                failed.append(answer[:30].decode(errors="replace"))
        except OSError as error:
            failed.append(repr(error))
        time.sleep(max(0.0, HEALTH_EVERY - (time.monotonic() - started)))
    health.put((latencies, failed))


async def attack(port, seconds, questions):
    """What the busy ones were told, by status or by the name of an error."""
    counted = collections.Counter()
    until = time.monotonic() + seconds
    kinds = [busy, busy, slow_reader, slow_writer, half_open]
    tasks = [asyncio.create_task(kinds[number % len(kinds)](port, until, counted, questions[number % len(questions)]))
             for number in range(CONNECTIONS)]
    await asyncio.wait(tasks, timeout=seconds + 5)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return counted


def connect(port, receive_buffer=None):
    connection = socket.socket()
    connection.setblocking(False)
    if receive_buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    return connection, asyncio.get_running_loop().sock_connect(connection, ("127.0.0.1", port))


def request(question, limit):
    return f"GET /api/v1/search?limit={limit}&q={quote(question)} HTTP/1.1\r\nhost: x\r\n\r\n".encode()


async def busy(port, until, counted, question):
    """Asks as fast as it is answered, and connects again where it was put out."""
    while time.monotonic() < until:
        writer = None
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            while time.monotonic() < until:
                writer.write(request(question, 10))
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)
                length = next((int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")), 0)
                await reader.readexactly(length)
                status = int(head.split()[1])
                counted[status] += 1
                if status in (429, 503):
                    await asyncio.sleep(0.1)
                if b"connection: close" in head.lower():
                    break
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError) as error:
            counted[type(error).__name__] += 1
            await asyncio.sleep(0.2)
        finally:
            if writer:
                writer.close()


async def slow_reader(port, until, _, question):
    """Asks for much and reads a byte now and then."""
    while time.monotonic() < until:
        connection, connecting = connect(port, receive_buffer=1024)
        with connection:
            try:
                await connecting
                loop = asyncio.get_running_loop()
                await loop.sock_sendall(connection, request(question, 100))
                while time.monotonic() < until and await loop.sock_recv(connection, 1):
                    await asyncio.sleep(1)
            except OSError:
                pass
        await asyncio.sleep(0.5)


async def slow_writer(port, until, _, question):
    """Sends its request a byte now and then."""
    while time.monotonic() < until:
        connection, connecting = connect(port)
        with connection:
            try:
                await connecting
                for byte in request(question, 10):
                    await asyncio.get_running_loop().sock_sendall(connection, bytes([byte]))
                    await asyncio.sleep(1)
                    if time.monotonic() > until:
                        break
            except OSError:
                pass
        await asyncio.sleep(0.5)


async def half_open(port, until, *_):
    """Connects and says nothing."""
    while time.monotonic() < until:
        connection, connecting = connect(port)
        with connection:
            try:
                await connecting
                while time.monotonic() < until and await asyncio.get_running_loop().sock_recv(connection, 1):
                    pass
            except OSError:
                pass
        await asyncio.sleep(0.5)
