"""Names of uploaded files: only ever shown, never used as a path, and still made harmless."""

import unicodedata

LENGTH = 120


def tidy(name: str) -> str:
    """Return the last part of a name without control, bidirectional or path characters, at most 120 long.

    The ending survives; a name of nothing but such characters becomes "file".
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = unicodedata.normalize("NFC", last)
    # C: control and invisible formatting characters; a right-to-left override would disguise the ending.
    kept = "".join(letter for letter in plain if unicodedata.category(letter)[0] != "C" and letter not in '<>:"|?*')
    stem, dot, ending = kept.strip().rstrip(" .").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    ending = ending.strip()[:10].strip()
    stem = stem.strip(" .")[: LENGTH - len(ending) - 1] or "file"
    return f"{stem}.{ending}" if ending else stem
