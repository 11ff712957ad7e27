"""The files of a document Bundle: DocumentReference with bytes in a Binary or inline, compared with their hashes."""

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterator
from hashlib import sha1, sha256
from mimetypes import guess_extension
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from yilian.domains.records.exchange import codes
from yilian.domains.records.exchange.document import Attached
from yilian.kernel.fhir.bundle import Found

if TYPE_CHECKING:
    from yilian.domains.records.exchange.interpreting import Reading

NAMED = "ni:///sha-256;"


def attached(reading: "Reading") -> Iterator[Attached]:
    """Yield the files whose bytes are in the Bundle; the others, and those that are not current, are left."""
    for found in [entry for entry in reading.bundle.entries if entry.type == "DocumentReference"]:
        if found.resource["status"] != "current":
            continue
        for number, content in enumerate(found.resource["content"]):
            place = f"{found.place}.content[{number}].attachment"
            file = _file(reading, found, content["attachment"], place)
            if file:
                reading.insist_same_patient(found)
                reading.used.add(found.place)
                yield file


def _file(reading: "Reading", found: Found, said: dict[str, Any], place: str) -> Attached | None:
    held = reading.bundle.named({"reference": said.get("url")}, found.resource)
    is_binary = held is not None and held.type == "Binary"
    data = said.get("data") or (held.resource.get("data") if held and is_binary else None)
    if not data:
        reading.leave(_("附件「{name}」不在文档内，未存档").format(name=_name(said)[:60]), place)
        return None
    try:
        content = b64decode("".join(data.split()), validate=True)
    except (Error, ValueError):
        reading.fault("value", _("附件不是有效的 Base64"), f"{place}.data")
        return None
    if held and is_binary:
        reading.used.add(held.place)
    _compare(reading, found, said, content, place)
    kind = said.get("contentType") or (held.resource["contentType"] if held and is_binary else "")
    return Attached(_name(said, kind), kind, len(content), sha256(content).hexdigest(), content)


def _compare(reading: "Reading", found: Found, said: dict[str, Any], content: bytes, place: str) -> None:
    """Refuse bytes that are not those whose size or hash is given."""
    if said.get("size") not in (None, len(content)):
        reading.fault("invariant", _("附件大小与 size 不符"), f"{place}.size")
    if said.get("hash") not in (None, b64encode(sha1(content, usedforsecurity=False).digest()).decode()):
        reading.fault("invariant", _("附件内容与 hash（SHA-1）不符"), f"{place}.hash")
    name = found.resource.get("masterIdentifier", {})
    value = name.get("value", "")
    is_named = name.get("system") == codes.URI and value.startswith(NAMED) and len(found.resource["content"]) == 1
    if is_named and value != codes.sha256_uri(sha256(content).hexdigest()):
        text = _("附件内容与标识中的 SHA-256 不符")
        reading.fault("invariant", text, f"{found.place}.masterIdentifier.value")


def _name(said: dict[str, Any], kind: str = "") -> str:
    name = str(said.get("title", "")).strip() or "attachment"
    return name if "." in name else name + (guess_extension(kind) or "")
