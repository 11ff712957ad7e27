"""Closed-loop clients: each sends its next request when the answer to the last has come."""

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson


@dataclass
class Client:
    """One kept-alive connection of one person, by token or by session cookie."""

    host: str
    port: int
    headers: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def send(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Return status and body; reconnect once when the server has closed the connection."""
        payload = None if body is None else orjson.dumps(body)
        sent = {**self.headers, **(headers or {})} | ({"Content-Type": "application/json"} if payload else {})
        for attempt in (1, 2):
            try:
                self.connection = self.connection or http.client.HTTPConnection(self.host, self.port, timeout=30)
                self.connection.request(method, path, payload, sent)
                answer = self.connection.getresponse()
                return answer.status, answer.read()
            except (http.client.HTTPException, OSError):
                self.connection = None
                if attempt == 2:
                    raise
        raise AssertionError

    def json(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        """Return the parsed answer; raise RuntimeError for a refusal."""
        status, text = self.send(method, path, body, headers)
        if status >= 400:
            raise RuntimeError(f"{method} {path}: {status} {text[:300]!r}")
        return orjson.loads(text)


@dataclass(frozen=True)
class Measured:
    """What a run of one request under some clients gave; times in milliseconds."""

    clients: int
    requests: int
    errors: int
    per_second: float
    p50: float
    p95: float
    p99: float
    cpu_per_request: float


def measure(
    work: Callable[[Client], bool], clients: Iterable[Client], seconds: float, cpu: Callable[[], float]
) -> Measured:
    """Let every client repeat `work` (True for success) for some seconds; `cpu` returns seconds used so far."""
    people = list(clients)
    times: list[float] = []
    failures: list[int] = []
    end = time.perf_counter() + seconds

    def loop(client: Client) -> None:
        own, failed = [], 0
        while time.perf_counter() < end:
            began = time.perf_counter()
            failed += not work(client)
            own.append(time.perf_counter() - began)
        times.extend(own)
        failures.append(failed)

    threads = [threading.Thread(target=loop, args=(client,)) for client in people]
    before, began = cpu(), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed, used = time.perf_counter() - began, cpu() - before
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [times[0]] * 99
    return Measured(
        clients=len(people),
        requests=len(times),
        errors=sum(failures),
        per_second=round(len(times) / elapsed, 1),
        p50=round(cuts[49] * 1000, 2),
        p95=round(cuts[94] * 1000, 2),
        p99=round(cuts[98] * 1000, 2),
        cpu_per_request=round(used / len(times) * 1000, 2),
    )
