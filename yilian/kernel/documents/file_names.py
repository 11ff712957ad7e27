"""Names of uploaded files: only ever shown, never used as a path, and still made harmless."""

import re
import unicodedata

LENGTH = 120
LEADING, TRAILING = re.compile(r"\A[\s.]+"), re.compile(r"[\s.]+\Z")
"""Dots and blanks of any script, which no system of files keeps at the edges of a name."""


def tidy(name: str) -> str:
    """Return the last part of a name without control, bidirectional or path characters, at most 120 long.

    The ending survives; a name of nothing but such characters becomes "file".
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    # C: control and invisible formatting characters; a right-to-left override would disguise the ending.
    plain = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C" and letter not in '<>:"|?*')
    kept = unicodedata.normalize("NFC", plain)
    stem, dot, ending = TRAILING.sub("", kept).rpartition(".")
    if not dot:
        stem, ending = ending, ""
    ending = ending.strip()[:10].strip()
    stem = TRAILING.sub("", LEADING.sub("", stem)[: LENGTH - len(ending) - 1]) or "file"
    return f"{stem}.{ending}" if ending else stem
