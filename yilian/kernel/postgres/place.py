"""Where this installation's database is: DATABASE_URL, else the embedded server in the data folder."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from yilian.kernel.postgres.address import Address
from yilian.kernel.postgres.roles import APP, OWNER, prepare
from yilian.kernel.postgres.secret_file import kept_secret, private_folder
from yilian.kernel.postgres.server import PORT, SUPERUSER, Server, socket_folder

DATABASE = "yilian"


@dataclass(frozen=True)
class Place:
    """The database as its roles see it.

    `admin` is None when both roles were made by hand (DATABASE_OWNER_URL is set); `folder` is that of the embedded
    server, None when the server is not ours.
    """

    app: Address
    owner: Address
    admin: Address | None
    folder: Path | None

    def server(self) -> Server | None:
        """Return the embedded server, or None when somebody else runs the database."""
        return Server(self.folder) if self.folder else None

    def make_ready(self, server: Server | None = None) -> bool:
        """Start the embedded server when it is ours and down; make roles and database; True when it was started here.

        `server` stands in for the one in our folder when it needs settings of its own.

        Raises ServerFailed, NoBinaries, NoAccount, RolesMissing, psycopg.Error.
        """
        server = server or self.server()
        started = server.start() if server else False
        admin = self.admin
        if server:
            admin = self.app.acting_as(SUPERUSER, server.password())
        if admin:
            prepare(admin, owner=self.owner, app=self.app, heals=server is not None)
        return started


@contextmanager
def in_use(place: Place, home: Path, server: Server | None = None) -> Iterator[None]:
    """Have the database ready inside the block; the last of several processes that use it stops the embedded server.

    Raises what `Place.make_ready` raises.
    """
    server = server or place.server()
    with (private_folder(home) / "in-use.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        try:
            place.make_ready(server)
            yield
        finally:
            with suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if server:
                    server.stop()


def find_place(home: Path, environ: Mapping[str, str] = os.environ) -> Place:
    """Return where the database is. Connects to nothing, but makes the passwords of the roles on first use.

    Raises ValueError when an address in the environment cannot be read.
    """
    url, owner_url = environ.get("DATABASE_URL", ""), environ.get("DATABASE_OWNER_URL", "")
    if url and owner_url:
        return Place(app=Address.parse(url), owner=Address.parse(owner_url), admin=None, folder=None)
    if owner_url:
        raise ValueError("DATABASE_OWNER_URL is set without DATABASE_URL: set both, or only DATABASE_URL.")
    app_password, owner_password = (_role_password(home, role) for role in (APP, OWNER))
    if url:
        admin, folder = Address.parse(url), None
    else:
        folder = server_folder(home)
        admin = Address(str(socket_folder(folder)), str(PORT), DATABASE, SUPERUSER, "")
    return Place(
        app=admin.acting_as(APP, app_password),
        owner=admin.acting_as(OWNER, owner_password),
        admin=admin if url else None,
        folder=folder,
    )


def server_folder(home: Path) -> Path:
    """Return where the embedded server keeps its files.

    Root's server runs as a system account. Where that account cannot reach the data folder (below /root, say),
    the files are in the system's own data folder instead, under a name made from the data folder's path.
    """
    inside = home / "postgres"
    if os.geteuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in inside.parents if parent.exists()):
        return inside
    return Path("/var/lib/yilian") / str(home).strip("/").replace("/", "-")


def _role_password(home: Path, role: str) -> str:
    # root's home is passable, not readable: its server runs as another account inside it
    private_folder(home, 0o711 if os.geteuid() == 0 else 0o700)
    return kept_secret(home / f"{role.replace('_', '-')}-password")
