"""Addresses of the pages of sheets and schemes; they stand before those that every case type has."""

from django.urls import path

from yilian.domains.assessment.schemes.pages import SchemeFile, Schemes
from yilian.domains.assessment.sheet import pages

KIND = {"kind": "assessment"}

urlpatterns = [
    path("schemes/", Schemes.as_view(), name="schemes"),
    path("schemes/file.csv", SchemeFile.as_view(), name="scheme_file"),
    path("assessment/<uuid:pk>/line/", pages.Line.as_view(), KIND, name="assessment_line"),
    path("assessment/<uuid:pk>/snapshot.zip", pages.Snapshot.as_view(), KIND, name="assessment_snapshot"),
    *(
        path(f"assessment/<uuid:pk>/do/{verb}/", pages.ToTheLine.as_view(), {**KIND, "verb": verb})
        for verb in pages.ON_A_LINE
    ),
    *(
        path(f"assessment/<uuid:pk>/do/{verb}/", pages.OnARemark.as_view(), {**KIND, "verb": verb})
        for verb in ("answer", "explain")
    ),
]
