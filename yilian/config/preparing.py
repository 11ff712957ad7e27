"""What has to be done before the first page can be shown, and is done quickly when it was done before."""

import fcntl
import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from yilian.kernel.postgres.migrating import migrate

STAMP = "collected"


def prepare_database() -> None:
    """Bring the schema up to date as the owner role; several processes may do so at once."""
    migrate(app_role=settings.APP_ROLE)


def prepare_static_files() -> bool:
    """Collect the static files with hashed names when any of them has changed; True when they were collected."""
    digest, stamp = _static_digest(), Path(settings.STATIC_ROOT) / STAMP
    with (Path(settings.HOME) / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two servers may start at once
        if stamp.exists() and stamp.read_text() == digest:
            return False
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(digest)
        return True


def _static_digest() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name))
            if file.exists():
                facts = file.stat()
                digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
