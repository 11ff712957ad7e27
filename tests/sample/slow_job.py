"""A job that hangs on its first run and ends on its second: for killing a worker in the middle."""

import time
from pathlib import Path

from procrastinate.contrib.django import app


@app.task(name="sample.slow")
def work_slowly(file: str) -> None:
    """Note each run in a file."""
    notes = Path(file)
    runs = notes.read_text().count("begun") if notes.exists() else 0
    with notes.open("a") as out:
        out.write("begun\n")
    if runs == 0:
        time.sleep(600)
    with notes.open("a") as out:
        out.write("ended\n")
