"""Virus scanners: asked when a file comes in; without one, files are kept and marked as not scanned."""

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from struct import pack
from urllib.parse import urlsplit

from django.conf import settings

from yilian.kernel.registries import Registry

TIMEOUT = 30.0  # seconds
PIECE = 64 * 1024


class ScannerDownError(Exception):
    """The scanner cannot be reached or did not give a verdict."""


@dataclass(frozen=True)
class Scanner:
    """A kind of scanner. `scan(address, chunks)` returns the name of what was found, or an empty string.

    It raises ScannerDownError when it cannot say.
    """

    key: str
    scan: Callable[[str, Iterable[bytes]], str]


scanners: Registry[Scanner] = Registry("virus scanner")


def is_configured() -> bool:
    return bool(settings.FILE_SCANNER)


def scan(chunks: Iterable[bytes]) -> str:
    """Return the name of the malware in a file, or an empty string; raise ScannerDownError when nobody can say.

    `settings.FILE_SCANNER` is "clamd:///run/clamav/clamd.ctl" (socket) or "clamd://host:3310".
    """
    key = urlsplit(settings.FILE_SCANNER).scheme
    return scanners[key].scan(settings.FILE_SCANNER, chunks)


def _clamd(address: str, chunks: Iterable[bytes]) -> str:
    """Ask clamd with INSTREAM: pieces with their length before them, an empty piece at the end."""
    try:
        with _connected(address) as line:
            line.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                for start in range(0, len(chunk), PIECE):
                    piece = chunk[start : start + PIECE]
                    line.sendall(pack("!L", len(piece)) + piece)
            line.sendall(pack("!L", 0))
            reply = _reply(line)
    except OSError as error:
        raise ScannerDownError(str(error)) from error
    if reply == "stream: OK":
        return ""
    if reply.endswith(" FOUND"):
        return reply.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerDownError(reply)


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=TIMEOUT)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(TIMEOUT)
    try:
        line.connect(parts.path)
    except OSError:
        line.close()
        raise
    return line


def _reply(line: socket.socket) -> str:
    reply = b""
    while not reply.endswith(b"\0"):
        piece = line.recv(4096)
        if not piece:
            break
        reply += piece
    return reply.rstrip(b"\0\n").decode(errors="replace")


scanners.add(Scanner("clamd", _clamd))
