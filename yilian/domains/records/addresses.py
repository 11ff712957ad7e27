"""Addresses of the pages about a patient's records."""

from django.urls import path

from yilian.domains.records import pages, writing
from yilian.domains.records.exchange import pages as exchange

urlpatterns = [
    path("patients/<uuid:pk>/records/", pages.Timeline.as_view(), name="health_record"),
    path("patients/<uuid:pk>/records/new/", writing.New.as_view(), name="record_new"),
    path("patients/<uuid:pk>/records/fhir/", exchange.TakeIn.as_view(), name="record_take_in"),
    path("patients/<uuid:pk>/access/", pages.Lookers.as_view(), name="access_list"),
    path("patients/<uuid:pk>/access.pdf", pages.LookersPaper.as_view(), name="access_paper"),
    path("patients/<uuid:pk>/consents/", pages.Consents.as_view(), name="record_consents"),
    path("patients/<uuid:pk>/consents/new/", writing.NewConsent.as_view(), name="record_consent_new"),
    path("patients/<uuid:pk>/grounds/new/", writing.NewGround.as_view(), name="record_ground_new"),
    path("records/<uuid:pk>/", pages.Detail.as_view(), name="record"),
    path("records/<uuid:pk>/correct/", writing.Correct.as_view(), name="record_correct"),
    path("records/<uuid:pk>/error/", writing.MarkError.as_view(), name="record_error"),
    path("records/<uuid:pk>/fhir/", exchange.Export.as_view(), name="record_fhir"),
    path("records/<uuid:pk>/original/", exchange.OriginalPage.as_view(), name="record_original"),
    path("records/files/<uuid:pk>/", pages.FilePage.as_view(), name="record_file"),
    path("consents/<uuid:pk>/withdraw/", writing.WithdrawConsent.as_view(), name="record_consent_withdraw"),
    path("consents/<uuid:pk>/evidence/", pages.Evidence.as_view(), name="record_consent_evidence"),
]
