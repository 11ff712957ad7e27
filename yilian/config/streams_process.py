"""The process of the streams: granian, ASGI, one event loop on this machine only; a proxy brings people to it."""

import argparse
import resource

from granian import Granian
from granian.constants import Interfaces, Loops
from granian.log import LogLevels

from yilian.config.follow_parent import follow_parent

AT_ONCE = 8192


def main() -> None:
    """Serve until asked to stop. Each open page holds a connection, so as many files as allowed may be open."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    chosen = parser.parse_args()
    follow_parent()
    _most, allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, allowed))
    Granian(
        "yilian.config.asgi:application",
        address="127.0.0.1",
        port=chosen.port,
        interface=Interfaces.ASGI,
        loop=Loops.asyncio,
        workers=1,
        backpressure=AT_ONCE,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=2,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
