"""Addresses of the pages about what binds."""

from django.urls import path

from yilian.kernel.pages.regulations import documents, duties, numbers, parameters, reasons

urlpatterns = [
    path("regulations/", documents.Documents.as_view(), name="regulations"),
    path("regulations/<str:document>/", documents.Document.as_view(), name="regulation"),
    path("regulations/<str:document>/<str:article>/", documents.ArticlePage.as_view(), name="article"),
    path("obligations/", duties.Duties.as_view(), name="obligations"),
    path("indicators/", numbers.Numbers.as_view(), name="indicators"),
    path("indicators/<str:key>/", numbers.Number.as_view(), name="indicator"),
    path("parameters/", parameters.Parameters.as_view(), name="parameters"),
    path("parameters/<str:key>/", parameters.ParameterPage.as_view(), name="parameter"),
    path("reasons/", reasons.Reasons.as_view(), name="reasons"),
    path("reasons/<int:pk>/", reasons.ReasonPage.as_view(), name="reason"),
]
