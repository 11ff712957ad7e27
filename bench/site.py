"""The production server as people start it (`yilian serve`), in a data folder of its own, and what it uses."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError

from bench import processes

PATIENCE = 120.0


class Site:
    """A running server; ended by `stop`."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.log = home / "serve.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "yilian.config.cli", "serve", f"--port={self.port}"],
                env={**os.environ, "YILIAN_HOME": str(home)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def wait(self) -> None:
        """Wait until the site answers; raise RuntimeError with its log when it does not."""
        deadline, address = time.monotonic() + PATIENCE, f"http://127.0.0.1:{self.port}/health/"
        while time.monotonic() < deadline and self.process.poll() is None:
            with (
                suppress(URLError, OSError),
                urllib.request.urlopen(address, timeout=5),  # noqa: S310 - our own http address
            ):
                return
            time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"The server did not come up:\n{self.log.read_text()}")

    def stop(self) -> None:
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(60)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def cpu_seconds(self) -> float:
        """Return the processor seconds of web and database together since they started."""
        return processes.cpu_seconds(self._roots())

    def memory(self) -> dict[str, float]:
        """Return the private memory of web and database, in megabytes."""
        web, *database = self._roots()
        return {"web": processes.memory_megabytes([web]), "database": processes.memory_megabytes(database)}

    def _roots(self) -> list[int]:
        from django.conf import settings

        server = settings.PLACE.server()
        postmaster = server.pid() if server else None
        return [self.process.pid, *([postmaster] if postmaster else [])]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
