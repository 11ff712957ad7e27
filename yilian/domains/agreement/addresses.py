"""Addresses of the pages of agreements; they stand before those that every case type has."""

from django.urls import path

from yilian.domains.agreement import pages
from yilian.domains.agreement.checking.pages import Checks
from yilian.domains.agreement.resolving.pages import Applying

KIND = {"kind": "agreement"}

urlpatterns = [
    path("agreements/checks/", Checks.as_view(), name="agreement_checks"),
    path("applying/", Applying.as_view(), name="applying"),
    path("agreement/<uuid:pk>/clause/", pages.EditClause.as_view(), KIND, name="agreement_clause"),
    path("agreement/<uuid:pk>/signatures/", pages.Signatures.as_view(), KIND, name="agreement_signatures"),
    path("agreement/<uuid:pk>/do/sign/", pages.Sign.as_view(), {**KIND, "verb": "sign"}, name="agreement_sign"),
    *(
        path(f"agreement/<uuid:pk>/do/{verb}/", pages.ToClauses.as_view(), {**KIND, "verb": verb})
        for verb in ("revise", "add_clause", "drop_clause")
    ),
]
