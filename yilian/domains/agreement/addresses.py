"""Addresses of the pages of agreements; they stand before those that every case type has."""

from django.urls import path

from yilian.domains.agreement import pages

urlpatterns = [
    path("agreement/<uuid:pk>/clause/", pages.EditClause.as_view(), name="agreement_clause"),
    path("agreement/<uuid:pk>/signatures/", pages.Signatures.as_view(), name="agreement_signatures"),
    path("agreement/<uuid:pk>/do/sign/", pages.Sign.as_view(), name="agreement_sign"),
    *(
        path(f"agreement/<uuid:pk>/do/{verb}/", pages.ToClauses.as_view())
        for verb in ("revise", "add_clause", "drop_clause")
    ),
]
