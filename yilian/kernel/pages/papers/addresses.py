"""Addresses of the register of papers."""

from django.urls import path

from yilian.kernel.pages.papers import register

urlpatterns = [
    path("papers/", register.Register.as_view(), name="papers"),
    path("papers/export.xlsx", register.Export.as_view(), name="papers_export"),
    path("papers/<uuid:pk>/editable.docx", register.Editable.as_view(), name="paper_editable"),
]
