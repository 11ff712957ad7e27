"""From a template and its values to a page: typst with the fonts of this installation."""

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import pylopdf_fonts_zh_cn
import segno
import typst
from django.conf import settings

from yilian.kernel.documents.paper import ROOT

DRAWING = Path(__file__).parent / "typst" / "drawing.typ"


@dataclass(frozen=True)
class Stamp:
    """What is printed across a paper that is no longer valid: the sentence, why, and since when."""

    text: str
    reason: str
    at: str


@dataclass(frozen=True)
class Face:
    """What every paper shows beside its own content. `day` is ISO, `address` is where its code leads."""

    title: str
    number: str
    issuer: str
    day: str
    address: str
    stamp: Stamp | None = None


def render(
    template: Path, face: Face, data: Mapping[str, Any], *, form: Literal["pdf", "png"] = "pdf", ppi: float = 110
) -> list[bytes]:
    """Return the PDF (one item) or the pages as PNG. Raises typst.TypstError when the template is wrong."""
    inputs = {
        "paper": json.dumps({**asdict(face), "qr": _code(face.address)}, ensure_ascii=False),
        "data": json.dumps(data, ensure_ascii=False),
    }
    return _compiled(template, inputs, form, ppi)


def drawn(svg: str, *, ppi: float = 200) -> bytes:
    """Return a drawing as PNG, 156 mm wide, for programs that show no SVG. Raises typst.TypstError when it is none."""
    return _compiled(DRAWING, {"svg": svg}, "png", ppi)[0]


def _compiled(template: Path, inputs: dict[str, str], form: Literal["pdf", "png"], ppi: float) -> list[bytes]:
    made = typst.compile(
        str(template),
        root=str(ROOT),
        font_paths=_fonts(str(settings.FONT_FOLDER)),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        format=form,
        ppi=ppi if form == "png" else None,
    )
    return made if isinstance(made, list) else [made or b""]


@lru_cache(maxsize=2)
def _fonts(licensed: str) -> typst.Fonts:
    """Return the fonts shipped with the product and those in the folder of licensed ones, read once per process."""
    folders: list[Any] = [str(pylopdf_fonts_zh_cn.serif_path().parent)]
    if licensed:
        folders.append(licensed)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _code(address: str) -> str:
    """Return the QR code of an address as SVG."""
    drawing = io.BytesIO()
    segno.make_qr(address, error="m").save(drawing, kind="svg", border=0, xmldecl=False)
    return drawing.getvalue().decode()
