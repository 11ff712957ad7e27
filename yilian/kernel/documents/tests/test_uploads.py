"""What is taken: the content must be what the name says, and the name becomes harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yilian.kernel.documents.file_names import LENGTH, tidy
from yilian.kernel.documents.refusal import FileRefused
from yilian.kernel.documents.sniffing import kind_of
from yilian.kernel.documents.tests import samples
from yilian.kernel.documents.tests.samples import upload


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("报告.pdf", samples.PDF, "application/pdf"),
        ("片子.PNG", samples.PNG, "image/png"),
        ("照片.jpg", samples.JPEG, "image/jpeg"),
        ("照片.jpeg", samples.EXIF, "image/jpeg"),
        ("影像.dcm", samples.DICOM, "application/dicom"),
        ("方案.docx", samples.DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("名单.xlsx", samples.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("说明.txt", "既往史：高血压\r\n".encode(), "text/plain"),
        ("旧说明.txt", "既往史：高血压".encode("gb18030"), "text/plain"),
    ],
)
def test_files_of_every_kind_are_taken(name, content, content_type):
    file = upload(name, content)
    assert kind_of(name, file).content_type == content_type
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("报告.pdf", samples.PROGRAM),
        ("报告.pdf", samples.PNG),
        ("片子.png", samples.PAGE),
        ("片子.jpg", samples.PDF),
        ("方案.docx", samples.XLSX),
        ("方案.docx", samples.office("a.txt")),
        ("方案.docx", samples.office("word/document.xml", "word/vbaProject.bin")),
        ("名单.xlsx", b"PK\x03\x04 cut"),
        ("说明.txt", samples.PROGRAM),
        ("说明.txt", samples.PDF),
        ("说明.txt", b"\xff\xfe\x00\x01"),
        ("影像.dcm", samples.JPEG),
        ("报告.pdf", b""),
    ],
)
def test_a_disguised_file_is_refused_with_a_way_out(name, content):
    with pytest.raises(FileRefused, match=r"与扩展名.*不符，请用原软件另存为"):
        kind_of(name, upload(name, content))


@pytest.mark.parametrize("name", ["木马.exe", "页面.html", "图.svg", "宏.docm", "无扩展名", "报告.pdf.exe"])
def test_other_endings_are_refused_with_what_is_taken(name):
    with pytest.raises(FileRefused, match=r"不接收.*请改用：PDF、JPEG"):
        kind_of(name, upload(name, samples.PDF))


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\报告.pdf", "报告.pdf"),
        ("王喆 CT 报告（终）.pdf", "王喆 CT 报告（终）.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("报告\u202efdp.exe", "报告fdp.exe"),
        ('a"b<c>.pdf', "abc.pdf"),
        (" .pdf", "file.pdf"),
        ("", "file"),
        ("...", "file"),
        ("a\u3000.\xa0.", "a"),
        ("A\x00\u0301.pdf", "Á.pdf"),
        ("a" * (LENGTH - 5) + " b.pdf", "a" * (LENGTH - 5) + ".pdf"),
        ("长" * 500 + ".pdf", "长" * (LENGTH - 4) + ".pdf"),
    ],
)
def test_odd_names_become_harmless(given_name, kept):
    assert tidy(given_name) == kept


@given(st.text(max_size=400))
def test_no_name_is_a_path_or_too_long(name):
    kept = tidy(name)
    assert 0 < len(kept) <= LENGTH
    assert not set(kept) & set("/\\\x00\r\n")
    assert kept not in {".", ".."}
    assert tidy(kept) == kept
