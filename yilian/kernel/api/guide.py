"""The page for people who connect a program: how to begin, every operation, every problem and what to do about it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yilian.kernel.api.document.build import document
from yilian.kernel.api.problems import problems
from yilian.kernel.api.reply import ROOT
from yilian.kernel.api.site import api


@login_required
def guide(request: HttpRequest) -> HttpResponse:
    """Show the page."""
    made = document(api)
    context = {"root": ROOT, "sections": _sections(made), "problems": sorted(problems, key=lambda one: one.status)}
    return render(request, "api/guide.html", context)


def _sections(made: dict[str, Any]) -> list[tuple[str, list[dict[str, str]]]]:
    """Return (title, operations) for each tag, in the order of the document."""
    found: dict[str, list[dict[str, str]]] = {tag["name"]: [] for tag in made["tags"]}
    for path, operations in made["paths"].items():
        for method, operation in operations.items():
            line = {"method": method.upper(), "path": path, "summary": str(operation["summary"])}
            found.setdefault(operation["tags"][0], []).append(line)
    titles = {tag["name"]: str(tag["description"]) for tag in made["tags"]}
    return [(titles.get(tag, tag), lines) for tag, lines in found.items() if lines]
