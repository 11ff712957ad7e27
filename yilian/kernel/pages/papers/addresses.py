"""Addresses of the register of papers and of their wordings."""

from django.urls import path

from yilian.kernel.pages.papers import register, wordings

urlpatterns = [
    path("papers/", register.Register.as_view(), name="papers"),
    path("papers/export.xlsx", register.Export.as_view(), name="papers_export"),
    path("wordings/", wordings.Wordings.as_view(), name="wordings"),
    path("wordings/<str:key>/", wordings.WordingPage.as_view(), name="wording"),
    path("papers/<uuid:pk>/editable.docx", register.Editable.as_view(), name="paper_editable"),
]
