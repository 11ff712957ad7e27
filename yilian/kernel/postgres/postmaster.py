"""What the pid file of a PostgreSQL server says, and whether the process behind it lives."""

import enum
import subprocess
import sys
from pathlib import Path


class State(enum.Enum):
    """What a server is doing, seen from its pid file and its process."""

    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    ZOMBIE = "zombie"  # killed, and its parent has not noticed: kill(pid, 0) still finds it


class PidFile:
    """The file `postmaster.pid`: line 1 is the process, line 8 what it is doing."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def pid(self) -> int | None:
        """Return the process id written there, or None without a (readable) file."""
        lines = self._lines()
        return abs(int(lines[0])) if lines and lines[0].strip().lstrip("-").isdigit() else None

    def state(self) -> State:
        """Return what the server does; a leftover file of a killed server counts as stopped."""
        pid = self.pid()
        letter = process_letter(pid) if pid else ""
        if not letter:
            return State.STOPPED
        if letter == "Z":
            return State.ZOMBIE
        lines = self._lines()
        said = lines[7].strip() if len(lines) > 7 else ""
        return {"ready": State.RUNNING, "stopping": State.STOPPING}.get(said, State.STARTING)

    def bury(self, socket_lock: Path) -> None:
        """Replace a zombie's pid, here and in the lock of its socket, by that of a process that has ended.

        The other lines stay: the server itself then still checks that no orphaned backend uses the old shared memory.
        """
        ended = subprocess.Popen([sys.executable, "-c", ""])
        ended.wait()
        for path in (self.path, socket_lock):
            if path.exists():
                rest = path.read_text().split("\n", 1)[1]
                path.write_text(f"{ended.pid}\n{rest}")

    def _lines(self) -> list[str]:
        try:
            return self.path.read_text().splitlines()
        except FileNotFoundError:
            return []


def process_letter(pid: int) -> str:
    """Return the state letter of a process as `ps` shows it ("Z" for a zombie), "" when there is none."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return ""
    said = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return said.stdout.strip()[:1]
