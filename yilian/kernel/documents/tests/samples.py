"""Small files of every kind that is taken, and some in disguise."""

import io
import zipfile

from django.core.files.base import ContentFile


def office(*parts: str) -> bytes:
    """Return a zip archive with these parts, as Word and Excel write them."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for part in ("[Content_Types].xml", *parts):
            archive.writestr(part, "<x/>")
    return content.getvalue()


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 60
EXIF = b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00" + b"\x00" * 60
DICOM = b"\x00" * 128 + b"DICM\x02\x00\x00\x00UL" + b"\x00" * 60
DOCX, XLSX = office("word/document.xml"), office("xl/workbook.xml")
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


def upload(name: str, content: bytes) -> ContentFile:
    """Return a file as a form hands it over."""
    return ContentFile(content, name=name)
