"""What a file really is: its content must agree with the ending of its name."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import puremagic
from django.utils.translation import gettext as _

from yilian.kernel.documents.refusal import FileRefused

HEAD = 8192
SURE = 0.4  # below this puremagic saw fewer than four bytes of a signature


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is taken: the endings of its name, its content type, and how its content is known."""

    title: str
    endings: tuple[str, ...]
    content_type: str
    fits: Callable[[BinaryIO], bool]
    is_shown: bool = False


def kind_of(name: str, file: BinaryIO) -> FileKind:
    """Return the kind of a file that is taken; raise FileRefused when its ending or its content is not."""
    ending = ending_of(name)
    kind = next((kind for kind in FILE_KINDS if ending in kind.endings), None)
    if kind is None:
        raise FileRefused(
            _("不接收“{ending}”类文件，请改用：{kinds}").format(ending=ending or _("无扩展名"), kinds=titles())
        )
    file.seek(0)
    fits = kind.fits(file)
    file.seek(0)
    if not fits:
        raise FileRefused(_("文件内容与扩展名“{ending}”不符，请用原软件另存为该格式后再上传").format(ending=ending))
    return kind


def kind_of_type(content_type: str) -> FileKind | None:
    """Return the kind with this content type."""
    return next((kind for kind in FILE_KINDS if kind.content_type == content_type), None)


def ending_of(name: str) -> str:
    """Return the ending of a file name in small letters, without its dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def titles() -> str:
    """Return the kinds that are taken, for a sentence."""
    return _("、").join(kind.title for kind in FILE_KINDS)


def accept() -> str:
    """Return the endings for the `accept` attribute of a file field."""
    return ",".join(f".{ending}" for kind in FILE_KINDS for ending in kind.endings)


def _guesses(head: bytes) -> list[tuple[str, str, float]]:
    """Return (content type, ending, confidence) for every signature that the head of a file shows."""
    if not head:
        return []
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return []
    return [(guess.mime_type, guess.extension.lstrip("."), guess.confidence) for guess in found]


def _signed(*endings: str) -> Callable[[BinaryIO], bool]:
    def fits(file: BinaryIO) -> bool:
        return any(ending in endings for _type, ending, _sure in _guesses(file.read(HEAD)))

    return fits


def _office(part: str) -> Callable[[BinaryIO], bool]:
    """Fits an Office document that has this part and no macros."""

    def fits(file: BinaryIO) -> bool:
        try:
            with zipfile.ZipFile(file) as archive:
                names = set(archive.namelist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return False
        has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        return {"[Content_Types].xml", part} <= names and not has_macros

    return fits


def _is_text(file: BinaryIO) -> bool:
    """Fits text in UTF-8 or GB 18030 without control characters, and without the signature of anything else."""
    head = file.read(HEAD)
    if any(sure >= SURE and not kind.startswith("text/") for kind, _ending, sure in _guesses(head)):
        return False
    content = head + file.read()
    if any(byte < 32 and byte not in b"\t\n\f\r" for byte in set(content)):
        return False
    return _decodes(content, "utf-8") or _decodes(content, "gb18030")


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


_OOXML = "application/vnd.openxmlformats-officedocument."
FILE_KINDS: tuple[FileKind, ...] = (
    FileKind("PDF", ("pdf",), "application/pdf", _signed("pdf")),
    FileKind("JPEG", ("jpg", "jpeg"), "image/jpeg", _signed("jpg", "jpeg"), is_shown=True),
    FileKind("PNG", ("png",), "image/png", _signed("png"), is_shown=True),
    FileKind("DICOM", ("dcm",), "application/dicom", _signed("dcm")),
    FileKind("Word (docx)", ("docx",), f"{_OOXML}wordprocessingml.document", _office("word/document.xml")),
    FileKind("Excel (xlsx)", ("xlsx",), f"{_OOXML}spreadsheetml.sheet", _office("xl/workbook.xml")),
    FileKind("TXT", ("txt",), "text/plain", _is_text),
)
