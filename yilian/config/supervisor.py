"""Starts the processes of an installation, looks after them and the embedded database server, and stops them all."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from yilian.config.commands.failure import CommandRefused
from yilian.config.process_record import Records
from yilian.kernel.postgres.postmaster import State
from yilian.kernel.postgres.server import Server, ServerFailed

log = logging.getLogger(__name__)
GRACE = 15.0  # seconds a process gets to finish its work
PAUSE = 1.0  # seconds before a process that ended by itself is started again
MOST_FAILURES = 5  # ends in a row, each within a minute of its start, before we give up
YOUNG = 60.0


@dataclass
class Child:
    """One process: how it is started, and what became of it. With `log_file` it does not write to the terminal.

    What `is_spare` may stay away: the others go on without it.
    """

    role: str
    module: str
    arguments: Sequence[str] = ()
    environment: dict[str, str] = field(default_factory=dict)
    log_file: Path | None = None
    is_spare: bool = False
    popen: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    record: Path | None = None

    def start(self, records: Records) -> None:
        """Start the process in a group of its own, so that Ctrl-C reaches only the supervisor.

        Its standard input is a pipe that closes when the supervisor dies, however it dies.
        """
        output = self._output()
        self.popen = subprocess.Popen(
            [sys.executable, "-m", self.module, *self.arguments],
            env={**os.environ, **self.environment},
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        self.started = time.monotonic()
        self.record = records.write(self.role, self.popen.pid)

    def stop(self) -> None:
        """Let the process finish, and kill its group when it does not."""
        if self.popen is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.popen.wait(GRACE)
        with suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()
        if self.record:
            self.record.unlink(missing_ok=True)

    def ask_to_stop(self) -> None:
        """Send the signal that ends the process in good order."""
        if self.popen and self.popen.poll() is None:
            self.popen.terminate()

    def ended(self) -> bool:
        """Tell whether the process has ended by itself."""
        return self.popen is not None and self.popen.poll() is not None

    def _output(self) -> IO[bytes] | None:
        return self.log_file.open("ab") if self.log_file else None


class Supervisor:
    """Keeps children and database server running until a signal asks it to stop."""

    def __init__(self, home: Path, children: Sequence[Child], server: Server | None) -> None:
        self.records = Records(home)
        self.children = children
        self.server = server
        self.stopping = False

    def run(self, once_started: Callable[["Supervisor"], None] = lambda supervisor: None) -> None:
        """Start everything, call `once_started`, and stay until SIGINT, SIGTERM or SIGHUP; then stop everything.

        Raises CommandRefused when a process does not stay up.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        record = self.records.write("supervisor", os.getpid())
        try:
            for child in self.children:
                child.start(self.records)
            once_started(self)
            while not self.stopping:
                self.look_after()
                time.sleep(0.2)
        finally:
            self._stop()
            record.unlink(missing_ok=True)

    def look_after(self) -> None:
        """Start again what has ended by itself. Raises CommandRefused when that does not help."""
        if self.server and self.server.state() is not State.RUNNING:
            self._restart_server(self.server)
        for child in self.children:
            if child.ended() and not self.stopping:
                self._restart(child)

    def _restart_server(self, server: Server) -> None:
        log.error("PostgreSQL has ended; starting it again")
        try:
            server.start()
        except ServerFailed:
            log.exception("PostgreSQL does not start")
            time.sleep(PAUSE)

    def _restart(self, child: Child) -> None:
        child.failures = child.failures + 1 if time.monotonic() - child.started < YOUNG else 1
        child.stop()
        if child.failures >= MOST_FAILURES:
            if child.is_spare:
                log.error("%s does not stay up; going on without it", child.role)
                child.popen = None
                return
            raise CommandRefused(
                _("进程 %(role)s 反复退出，已停止全部服务。%(where)s")
                % {"role": child.role, "where": _("日志：%s") % child.log_file if child.log_file else ""}
            )
        log.error("%s has ended; starting it again", child.role)
        time.sleep(PAUSE)
        child.start(self.records)

    def _ask_to_stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def _stop(self) -> None:
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.stop()
