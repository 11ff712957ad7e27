"""Closed-loop clients: each sends its next request when the answer to the last has come."""

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

PATIENCE = 180.0
"""Seconds a client waits for an answer: 32 workbooks at once take their time on two cores."""


@dataclass(frozen=True)
class Call:
    """One request. `then` hears the body of a good answer: what was made may be needed by another request."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    expected: int = 200
    then: Callable[[bytes], None] | None = None


class Client:
    """One kept-alive connection."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.connection: http.client.HTTPConnection | None = None
        self.faults: list[str] = []

    def send(self, call: Call) -> bool:
        """Send a request and say whether the answer was the expected one; a closed connection counts as a fault."""
        payload = None if call.body is None else orjson.dumps(call.body)
        headers = {**call.headers} | ({"Content-Type": "application/json"} if payload else {})
        try:
            self.connection = self.connection or http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
            self.connection.request(call.method, call.path, payload, headers)
            answer = self.connection.getresponse()
            text = answer.read()
        except (http.client.HTTPException, OSError) as fault:
            self.close()
            self.connection = None
            return self._failed(call, repr(fault))
        if answer.status != call.expected:
            return self._failed(call, f"{answer.status} {text[:300].decode(errors='replace')}")
        if call.then:
            call.then(text)
        return True

    def close(self) -> None:
        if self.connection:
            self.connection.close()

    def _failed(self, call: Call, why: str) -> bool:
        self.faults.append(f"{call.method} {call.path}: {why}")
        return False


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
    first_fault: str = ""


def measure(
    make: Callable[[], Call | None], clients: list[Client], seconds: float, cpu: Callable[[], float]
) -> Measured | None:
    """Let every client send what `make` gives for some seconds, once at least; None ends the run: there is no more.

    `cpu` returns the seconds that the server has used so far. Without a single request there is no result.
    """
    times: list[float] = []
    end = time.perf_counter() + seconds

    def loop(client: Client) -> None:
        own = []
        while call := make():
            began = time.perf_counter()
            client.send(call)
            own.append(time.perf_counter() - began)
            if time.perf_counter() > end:
                break
        client.close()
        times.extend(own)

    threads = [threading.Thread(target=loop, args=(client,)) for client in clients]
    before, began = cpu(), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed, used = time.perf_counter() - began, cpu() - before
    return _summary(clients, times, elapsed, used) if times else None


def _summary(clients: list[Client], times: list[float], elapsed: float, used: float) -> Measured:
    cuts = statistics.quantiles(times, n=100, method="inclusive") if len(times) > 1 else times * 99
    faults = [fault for client in clients for fault in client.faults]
    return Measured(
        clients=len(clients),
        requests=len(times),
        errors=len(faults),
        per_second=round(len(times) / elapsed, 1),
        p50=round(cuts[49] * 1000, 2),
        p95=round(cuts[94] * 1000, 2),
        p99=round(cuts[98] * 1000, 2),
        cpu_per_request=round(used / len(times) * 1000, 2),
        first_fault=faults[0] if faults else "",
    )
