"""How long a visitor waits: the real server, asked for many exporter-product pairs at a steady rate."""

import gzip
import http.client
import json
import os
import random
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
RATE, SECONDS, WARM_UP = 20, 15, 1  # questions a second, for so long; the first second is not counted
TARGET_MS = 50.0
CONNECTIONS = 16
BASE = "/api/v1"


def measure(home: Path) -> dict:
    """Start the server on a free port, ask, stop it."""
    server = start_server(home)
    try:
        port = port_of(server)
        questions = varied_questions(port, RATE * (SECONDS + WARM_UP))
        waits = ask_at_rate(port, questions, RATE)[RATE * WARM_UP :]
    finally:
        server.terminate()
        server.wait(timeout=20)
    waits_ms = sorted(1000 * wait for wait in waits if wait is not None)
    return {
        "requests_per_second": RATE,
        "requests": len(waits_ms),
        "left_out_nothing_traded": waits.count(None),
        "different": len(set(questions)),
        "p50_ms": percentile(waits_ms, 0.50),
        "p95_ms": percentile(waits_ms, 0.95),
        "max_ms": round(waits_ms[-1], 1),
    }


def start_server(home: Path) -> subprocess.Popen:
    command = [Path(sys.executable).with_name("entrepot"), "serve", "--port", "0"]
    environment = {**os.environ, "ENTREPOT_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def port_of(server: subprocess.Popen) -> int:
    """The port that the server says it listens on; its later lines are read away, or it would stop at a full pipe."""
    said = []
    for line in server.stdout:
        said.append(line)
        if found := re.search(r"http://[^:/\s]+:(\d+)", line):
            threading.Thread(target=server.stdout.read, daemon=True).start()
            return int(found[1])
    raise SystemExit("the server did not start:\n" + "".join(said))


def varied_questions(port: int, count: int) -> list[str]:
    """Exporters and products at random, as visitors would choose them: large and small, HS4 and HS6."""
    economies = fetch(port, f"{BASE}/lists/economies")["economies"]
    products = fetch(port, f"{BASE}/lists/products")["products"]
    exporters = [place["code"] for place in economies if not place["group"] and not place.get("historical")]
    codes = [good["code"] for good in products]
    choose = random.Random(20)
    pairs = [{"exporter": choose.choice(exporters), "product": choose.choice(codes)} for _ in range(count)]
    return [f"{BASE}/markets?{urlencode(pair)}" for pair in pairs]


def fetch(port: int, path: str) -> dict:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    if reply.status != 200:
        raise SystemExit(f"{path}: {reply.status} {body[:300]!r}")
    return json.loads(body)


def ask_at_rate(port: int, paths: list[str], rate: float) -> list[float | None]:
    """Seconds from when each question was due until its answer was read; None where the answer is that nothing is traded.

    Such an answer (a product of earlier years) comes quickly and would flatter the rest.

    Questions leave on schedule however slow the answers are, and waiting counts from the schedule: a server that stalls
    cannot slow its own examination down.
    """
    local = threading.local()
    start = time.perf_counter() + 0.5

    def ask(number: int) -> float | None:
        due = start + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        if not hasattr(local, "connection"):
            local.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        local.connection.request("GET", paths[number], headers={"Accept-Encoding": "gzip"})
        reply = local.connection.getresponse()
        body = reply.read()
        wait = time.perf_counter() - due
        if reply.status == 422 and b"nothing_traded" in plain(body, reply):
            return None
        if reply.status != 200 or not body:
            raise SystemExit(f"{paths[number]}: {reply.status} {plain(body, reply)[:300]!r}")
        return wait

    with ThreadPoolExecutor(CONNECTIONS) as visitors:
        return list(visitors.map(ask, range(len(paths))))


def plain(body: bytes, reply: http.client.HTTPResponse) -> bytes:
    return gzip.decompress(body) if reply.getheader("Content-Encoding") == "gzip" else body


def percentile(ascending: list[float], share: float) -> float:
    return round(ascending[min(len(ascending) - 1, int(share * len(ascending)))], 1)


def failures(result: dict) -> list[str]:
    p95 = result["p95_ms"]
    return [] if p95 < TARGET_MS else [f"the API's p95 is {p95:.0f} ms, not under {TARGET_MS:.0f} ms"]
