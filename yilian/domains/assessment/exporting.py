"""The frozen snapshot of a sheet with the program that recomputes it, as one archive."""

import inspect
import io
import json
import zipfile

from django.utils.translation import gettext as _

from yilian.domains.assessment import recompute
from yilian.domains.assessment.models import Sheet

STAMP = (1980, 1, 1, 0, 0, 0)
"""The same snapshot gives the same archive: what a file is dated would tell nothing."""


def archive_of(sheet: Sheet) -> bytes:
    """Return a zip of snapshot.json, recompute.py and a note how to run it; the sheet has a snapshot."""
    snapshot = json.dumps(sheet.snapshot, ensure_ascii=False, indent=1, sort_keys=True)
    note = _("用任意 Python 3.8 以上版本运行：python recompute.py snapshot.json\n结果为 SAME 即与冻结得分一致。\n")
    files = {"snapshot.json": snapshot, "recompute.py": inspect.getsource(recompute), "README.txt": note}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), text.encode())
    return held.getvalue()
