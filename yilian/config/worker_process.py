"""The worker's process: takes jobs that were saved together with the data they belong to."""

import os
from collections.abc import Callable
from typing import Any

import django
from django.db import close_old_connections


def main() -> None:
    """Work until asked to stop; a job that is running is finished first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yilian.config.settings")
    django.setup()
    from procrastinate.contrib.django import app

    from yilian.config.collecting import collect_seldom
    from yilian.config.follow_parent import follow_parent

    follow_parent()
    collect_seldom()
    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
        worker.run_worker(
            concurrency=1,
            delete_jobs="successful",
            shutdown_graceful_timeout=10,
            update_heartbeat_interval=5,
            task_middleware=[with_sound_connection],
        )


def with_sound_connection(call: Callable[[], Any], context: Any, worker: Any) -> Any:
    """Run one job on a connection that works, also after the database was away."""
    close_old_connections()
    try:
        return call()
    finally:
        close_old_connections()


if __name__ == "__main__":
    main()
