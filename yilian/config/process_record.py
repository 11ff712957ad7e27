"""Which processes this installation has running, written down so that exactly those can be ended later."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from yilian.kernel.postgres.postmaster import process_letter
from yilian.kernel.postgres.secret_file import private_folder, write_private


@dataclass(frozen=True)
class Process:
    """A process and the moment it was born: a number alone may meanwhile belong to somebody else."""

    pid: int
    born: str

    def lives(self) -> bool:
        """Tell whether this very process is still there (a zombie is not)."""
        return process_letter(self.pid) not in ("", "Z") and birth(self.pid) == self.born

    def end(self, patience: float) -> None:
        """Ask the process to stop, wait, and kill it when it does not."""
        for number, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, 5.0)):
            if not self.lives():
                return
            os.kill(self.pid, number)
            _wait_until_gone(self, seconds)


class Records:
    """The files `run/<role>-<pid>.json` in the data folder."""

    def __init__(self, home: Path) -> None:
        self.folder = private_folder(home / "run")

    def write(self, role: str, pid: int) -> Path:
        """Write down a process; returns the file, to be removed when the process has ended."""
        path = self.folder / f"{role}-{pid}.json"
        write_private(path, json.dumps(asdict(Process(pid, birth(pid)))))
        return path

    def living(self, role: str) -> list[Process]:
        """Return the recorded processes of this role that still live, and forget those that do not."""
        found = []
        for path in sorted(self.folder.glob(f"{role}-*.json")):
            process = Process(**json.loads(path.read_text()))
            if process.lives():
                found.append(process)
            else:
                path.unlink(missing_ok=True)
        return found


def birth(pid: int) -> str:
    """Return when a process was born, in the system's own words; "" when there is none."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19]
        except (FileNotFoundError, ProcessLookupError):
            return ""
    command = ["ps", "-o", "lstart=", "-p", str(pid)]
    # the words hang on language and time zone of whoever asks: two askers must get the same ones
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return said.stdout.strip()


def _wait_until_gone(process: Process, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while process.lives() and time.monotonic() < deadline:
        time.sleep(0.05)
