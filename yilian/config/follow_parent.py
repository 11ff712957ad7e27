"""Ends a process when its supervisor dies, even by kill -9: then the pipe on standard input closes."""

import os
import signal
import sys
import threading


def follow_parent() -> None:
    """Watch standard input in the background; on its end ask this process to stop. Not for use from a terminal."""
    if not sys.stdin.isatty():
        threading.Thread(target=_wait_for_the_end, name="follow-parent", daemon=True).start()


def _wait_for_the_end() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
