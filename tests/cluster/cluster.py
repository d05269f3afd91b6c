#!/usr/bin/env python3
"""A real OpenSearch cluster on loopback: one JVM per node, from Maven artifacts.

    cluster.py start   --home DIR [--nodes 3] [--heap 384m]
    cluster.py kill    --home DIR --node N
    cluster.py restart --home DIR --node N
    cluster.py stop    --home DIR

Nodes count from 0, as in the lists that `start` and `restart` print. Exit code
77 means skipped: no Java, no Maven, or artifacts that cannot be resolved.
"""

import argparse
import fcntl
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
SKIPPED = 77
START_SECONDS = 180
STOP_SECONDS = 20
JAVA_FLAGS = [
    # As a distribution's jvm.options say. Only G1 collects when the circuit
    # breaker asks: with another collector, garbage is answered with 429.
    "-XX:+UseG1GC",
    "-XX:G1ReservePercent=25",
    "-XX:InitiatingHeapOccupancyPercent=30",
    "-Dio.netty.noUnsafe=true",
    "-Dio.netty.noKeySetOptimization=true",
    "-Dio.netty.recycler.maxCapacityPerThread=0",
    "-Dlog4j2.disable.jmx=true",
    "-Dlog4j.shutdownHookEnabled=false",
]


class Skipped(Exception):
    """This machine cannot run a cluster, through no fault of what is tested."""


class ClusterError(Exception):
    """The cluster did not do as it was told."""


def start(home, nodes=3, heap="384m"):
    """Starts a cluster, or one stopped earlier in `home` with its data and ports."""
    home = Path(home).resolve()
    home.mkdir(parents=True, exist_ok=True)
    classpath = resolve_classpath()
    if (home / "cluster.json").exists():
        cluster = load(home)
        if any(is_running(node) for node in cluster["nodes"]):
            raise ClusterError(f"a cluster is running in `{home}`: stop it first")
        if len(cluster["nodes"]) != nodes:
            raise ClusterError(f"the cluster in `{home}` has {len(cluster['nodes'])} nodes, not {nodes}")
    else:
        ports = free_ports(2 * nodes)
        cluster = {
            "name": f"lawcite-{ports[0]}",
            "nodes": [
                {"name": f"node-{i}", "http": ports[2 * i], "transport": ports[2 * i + 1], "pid": None, "started": None}
                for i in range(nodes)
            ],
        }
    cluster["heap"] = heap
    for node in cluster["nodes"]:
        spawn(home, cluster, node, classpath)
    # Known before the wait, so that an interrupted start can still be stopped.
    save(home, cluster)
    try:
        # Yellow: every primary has been recovered.
        wait_until_joined(home, cluster, cluster["nodes"], "wait_for_status=yellow")
    except BaseException:
        stop(home)
        raise
    return summary(cluster)


def stop(home):
    """Ends all nodes; data and logs stay."""
    home = Path(home).resolve()
    cluster = load(home)
    running = [node for node in cluster["nodes"] if is_running(node)]
    for node in running:
        os.kill(node["pid"], signal.SIGTERM)
        # A node that a test has paused cannot hear SIGTERM.
        os.kill(node["pid"], signal.SIGCONT)
    deadline = time.monotonic() + STOP_SECONDS
    for node in running:
        if not wait_until_gone(node, deadline):
            os.kill(node["pid"], signal.SIGKILL)
            wait_until_gone(node, time.monotonic() + STOP_SECONDS)
    for node in cluster["nodes"]:
        node["pid"] = None
    save(home, cluster)


def kill(home, index):
    """Kills one node as a power cut would."""
    home = Path(home).resolve()
    cluster = load(home)
    node = node_at(cluster, index)
    if not is_running(node):
        raise ClusterError(f"{node['name']} is not running")
    os.kill(node["pid"], signal.SIGKILL)
    if not wait_until_gone(node, time.monotonic() + STOP_SECONDS):
        raise ClusterError(f"{node['name']} outlived SIGKILL")
    node["pid"] = None
    save(home, cluster)


def restart(home, index):
    """Starts a killed node again, with the same data and ports."""
    home = Path(home).resolve()
    cluster = load(home)
    node = node_at(cluster, index)
    if is_running(node):
        raise ClusterError(f"{node['name']} is running: kill it first")
    spawn(home, cluster, node, resolve_classpath())
    save(home, cluster)
    # While another node is down, its shards without replicas keep the status red.
    wait_until_joined(home, cluster, [node])
    return summary(cluster)


def summary(cluster):
    """What a test needs; the pid of a killed node is null."""
    return {
        "urls": [url(node) for node in cluster["nodes"]],
        "pids": [node["pid"] for node in cluster["nodes"]],
    }


def resolve_classpath():
    """Compiles the node and resolves its jars, once for each pom and source."""
    java, maven = shutil.which("java"), shutil.which("mvn")
    if not java or not maven:
        raise Skipped(f"`{'java' if not java else 'mvn'}` is not on the path")
    if not Path("/proc/self/stat").exists():
        raise Skipped("processes are recognised through /proc, which is not here")
    target = HERE / "target"
    target.mkdir(exist_ok=True)
    inputs = [HERE / "pom.xml", *sorted(HERE.glob("src/**/*.java"))]
    stamp = "".join(path.read_text() for path in inputs)
    stamp_file, classpath_file = target / "stamp", target / "classpath"
    # Tests that start at the same time share one build.
    with open(target / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fresh = stamp_file.exists() and stamp_file.read_text() == stamp
        if fresh and all(Path(jar).exists() for jar in classpath_file.read_text().split(":")):
            return f"{target / 'classes'}:{classpath_file.read_text()}"
        stamp_file.unlink(missing_ok=True)
        run = subprocess.run(
            [maven, "-q", "-B", "-Dstyle.color=never", "-f", str(HERE / "pom.xml"),
             "compile", "dependency:build-classpath", f"-Dmdep.outputFile={classpath_file}"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        if "COMPILATION ERROR" in run.stdout:
            raise ClusterError(f"the node does not compile:\n{run.stdout}")
        if run.returncode != 0:
            errors = [line for line in run.stdout.splitlines() if "ERROR" in line]
            raise Skipped(f"Maven cannot resolve the node's artifacts: {' '.join(errors[:1])[:300]}")
        stamp_file.write_text(stamp)
        return f"{target / 'classes'}:{classpath_file.read_text()}"


def spawn(home, cluster, node, classpath):
    directory = home / node["name"]
    (directory / "logs").mkdir(parents=True, exist_ok=True)
    names = ",".join(each["name"] for each in cluster["nodes"])
    seeds = ",".join(f"127.0.0.1:{each['transport']}" for each in cluster["nodes"])
    command = [
        "java", f"-Xms{cluster['heap']}", f"-Xmx{cluster['heap']}", *JAVA_FLAGS, "-cp", classpath,
        "lawcite.cluster.TestNode",
        "--name", node["name"], "--cluster", cluster["name"],
        "--http-port", str(node["http"]), "--transport-port", str(node["transport"]),
        "--seeds", seeds, "--initial-managers", names, "--home", str(directory),
    ]
    with open(directory / "logs" / "node.log", "ab") as log:
        # A session of its own outlives the command that started the cluster.
        process = subprocess.Popen(
            command, cwd=directory, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    node["pid"], node["started"] = process.pid, started_at(process.pid)


def wait_until_joined(home, cluster, nodes, condition=""):
    """Waits until each of `nodes` sees every running node."""
    expected = sum(is_running(node) for node in cluster["nodes"])
    deadline = time.monotonic() + START_SECONDS
    for node in nodes:
        while not has_joined(node, expected, condition):
            if not is_running(node):
                raise ClusterError(f"{node['name']} ended:\n{log_tail(home, node)}")
            if time.monotonic() > deadline:
                raise ClusterError(f"{node['name']} did not join in {START_SECONDS} s:\n{log_tail(home, node)}")
            time.sleep(0.2)


def has_joined(node, expected, condition):
    health = f"{url(node)}/_cluster/health?wait_for_nodes=>={expected}&timeout=5s&{condition}"
    try:
        with urllib.request.urlopen(health, timeout=10) as answer:
            return not json.load(answer)["timed_out"]
    except (urllib.error.URLError, OSError, ValueError):
        return False


def log_tail(home, node):
    lines = (home / node["name"] / "logs" / "node.log").read_text(errors="replace").splitlines()
    return "\n".join(lines[-20:])


def is_running(node):
    started = None if node["pid"] is None else started_at(node["pid"])
    return started is not None and started == node["started"]


def started_at(pid):
    """When a living process began, in ticks since boot: a later process with the same pid began later."""
    try:
        # The name before the last `)` may hold spaces; the state comes first after it.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else int(fields[19])


def wait_until_gone(node, deadline):
    while is_running(node):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    try:
        os.waitpid(node["pid"], os.WNOHANG)
    except ChildProcessError:
        pass  # Another command started it.
    return True


def free_ports(count):
    """Ports below the range of outgoing connections.

    A client of the other nodes would otherwise take a killed node's port
    before its restart.
    """
    ports = []
    for port in random.sample(range(20000, 32000), 1000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        ports.append(port)
        if len(ports) == count:
            return ports
    raise ClusterError("no free ports between 20000 and 32000")


def url(node):
    return f"http://127.0.0.1:{node['http']}"


def node_at(cluster, index):
    if not 0 <= index < len(cluster["nodes"]):
        raise ClusterError(f"there is no node {index}: they are 0 to {len(cluster['nodes']) - 1}")
    return cluster["nodes"][index]


def load(home):
    try:
        return json.loads((home / "cluster.json").read_text())
    except FileNotFoundError:
        raise ClusterError(f"no cluster was started in `{home}`") from None


def save(home, cluster):
    (home / "cluster.json").write_text(json.dumps(cluster, indent=2) + "\n")


def main():
    parser = argparse.ArgumentParser(description="An OpenSearch cluster on loopback, one JVM per node.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in [
        ("start", "start a cluster, or the one stopped earlier in this home"),
        ("stop", "end all its nodes; data and logs stay"),
        ("kill", "SIGKILL one node"),
        ("restart", "start a killed node again, with its data and ports"),
    ]:
        command = commands.add_parser(name, help=text)
        command.add_argument("--home", required=True, help="folder of data and logs")
        if name == "start":
            command.add_argument("--nodes", type=int, default=3)
            command.add_argument("--heap", default="384m", help="heap of each node")
        if name in ("kill", "restart"):
            command.add_argument("--node", type=int, required=True, help="counted from 0")
    arguments = parser.parse_args()
    try:
        if arguments.command == "start":
            print(json.dumps(start(arguments.home, arguments.nodes, arguments.heap)), flush=True)
        elif arguments.command == "restart":
            print(json.dumps(restart(arguments.home, arguments.node)), flush=True)
        elif arguments.command == "kill":
            kill(arguments.home, arguments.node)
        else:
            stop(arguments.home)
    except Skipped as reason:
        print(f"skipped: {reason}", file=sys.stderr)
        return SKIPPED
    except ClusterError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
