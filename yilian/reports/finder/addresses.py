"""Addresses of the finder."""

from django.urls import path

from yilian.reports.finder import pages

urlpatterns = [
    path("finder/", pages.List.as_view(), name="finder"),
    path("finder/export.xlsx", pages.Export.as_view(), name="finder_export"),
    path("finder/<uuid:pk>/", pages.Detail.as_view(), name="finder_stay"),
    path("finder/<uuid:pk>/marks/", pages.Marks.as_view(), name="finder_marks"),
    path("finder/<uuid:pk>/draft/", pages.Draft.as_view(), name="finder_draft"),
    path("finder/<uuid:pk>/unfit/", pages.Unfit.as_view(), name="finder_unfit"),
    path("finder/<uuid:pk>/later/", pages.Later.as_view(), name="finder_later"),
]
