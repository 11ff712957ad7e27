"""Addresses of the pages about what binds."""

from django.urls import path

from yilian.kernel.pages.regulations import documents, duties, duties_calendar, parameters, reasons

urlpatterns = [
    path("regulations/", documents.Documents.as_view(), name="regulations"),
    path("regulations/<str:document>/", documents.Document.as_view(), name="regulation"),
    path("regulations/<str:document>/<str:article>/", documents.ArticlePage.as_view(), name="article"),
    path("obligations/", duties.Duties.as_view(), name="obligations"),
    path("obligations/export.xlsx", duties.Export.as_view(), name="obligations_export"),
    path("obligations/calendar/", duties_calendar.Calendar.as_view(), name="obligations_calendar"),
    path("obligations/calendar.ics", duties_calendar.File.as_view(), name="obligations_file"),
    path("parameters/", parameters.Parameters.as_view(), name="parameters"),
    path("parameters/<str:key>/", parameters.ParameterPage.as_view(), name="parameter"),
    path("reasons/", reasons.Reasons.as_view(), name="reasons"),
    path("reasons/<int:pk>/", reasons.ReasonPage.as_view(), name="reason"),
]
