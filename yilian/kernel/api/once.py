"""Writes with an Idempotency-Key: the same request again answers without writing again."""

from collections.abc import Callable

from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.workflow.idempotency import fingerprint, remember, replay
from yilian.kernel.workflow.models import Case


def once(request: ApiRequest, key: str, write: Callable[[], Case]) -> tuple[Case, dict[str, str]]:
    """Return the case that `write` returns, and no header; or the case of the first time, and a header that says so.

    Raises KeyReused when the key came with another request before.
    """
    if not key:
        return write(), {}
    digest = fingerprint(b"\n".join([str(request.method).encode(), request.path.encode(), request.body]))
    if before := replay(request.actor, key, digest):
        return before, {"Idempotent-Replayed": "true"}
    case = write()
    remember(request.actor, key, digest, case)
    return case, {}
