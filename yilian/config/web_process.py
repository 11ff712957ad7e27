"""The web server's process: granian, WSGI, a few worker processes with a few threads each."""

import argparse

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from yilian.config.follow_parent import follow_parent


def main() -> None:
    """Serve until asked to stop. Connections are kept alive; granian sends small answers at once (TCP_NODELAY)."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    for name in ("port", "workers", "threads"):
        parser.add_argument(f"--{name}", type=int, required=True)
    chosen = parser.parse_args()
    follow_parent()
    Granian(
        "yilian.config.wsgi:application",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.WSGI,
        workers=chosen.workers,
        blocking_threads=chosen.threads,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=10,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
