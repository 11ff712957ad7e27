"""Addresses of the pages about the nouns."""

from django.urls import path

from yilian.registry.pages import (
    attestations,
    codes,
    imports,
    institution_forms,
    institutions,
    patient_forms,
    patient_pairs,
    patients,
    regions,
    sanctions,
)

urlpatterns = [
    path("institutions/", institutions.List.as_view(), name="institutions"),
    path("institutions/new/", institution_forms.New.as_view(), name="institution_new"),
    path("institutions/<int:pk>/", institutions.Detail.as_view(), name="institution"),
    path("institutions/<int:pk>/edit/", institution_forms.Edit.as_view(), name="institution_edit"),
    path("institutions/<int:pk>/end/", institution_forms.End.as_view(), name="institution_end"),
    path("institutions/<int:pk>/sanctions/new/", sanctions.NewSanction.as_view(), name="sanction_new"),
    path("institutions/<int:pk>/sanctions/<int:sanction>/lift/", sanctions.Lift.as_view(), name="sanction_lift"),
    path("institutions/<int:pk>/sanctions/<int:sanction>/error/", sanctions.Void.as_view(), name="sanction_error"),
    path("institutions/<int:pk>/attestations/", attestations.Attestations.as_view(), name="attestations"),
    path("institutions/<int:pk>/attestations/new/", attestations.NewAttestation.as_view(), name="attestation_new"),
    path("institutions/<int:pk>/departments/new/", institution_forms.NewDepartment.as_view(), name="department_new"),
    path("institutions/<int:pk>/people/new/", institution_forms.NewPractitioner.as_view(), name="practitioner_new"),
    path(
        "institutions/<int:pk>/people/<int:person>/", institution_forms.EditPractitioner.as_view(), name="practitioner"
    ),
    path("patients/", patients.List.as_view(), name="patients"),
    path("patients/new/", patient_forms.New.as_view(), name="patient_new"),
    path("patients/pairs/", patient_pairs.List.as_view(), name="patient_pairs"),
    path("patients/merges/<int:pk>/part/", patient_pairs.Part.as_view(), name="patient_part"),
    path("patients/<uuid:pk>/", patients.Detail.as_view(), name="patient"),
    path("patients/<uuid:pk>/reveal/", patients.Reveal.as_view(), name="patient_reveal"),
    path("patients/<uuid:pk>/edit/", patient_forms.Edit.as_view(), name="patient_edit"),
    path("patients/<uuid:pk>/documents/new/", patient_forms.AddDocument.as_view(), name="patient_document"),
    path("patients/<uuid:pk>/merge/<uuid:other>/", patient_pairs.Merge.as_view(), name="patient_merge"),
    path("patients/<uuid:pk>/apart/<uuid:other>/", patient_pairs.Apart.as_view(), name="patient_apart"),
    path("patients/<uuid:pk>/reconsider/<uuid:other>/", patient_pairs.Reconsider.as_view(), name="patient_reconsider"),
    path("codes/", codes.Systems.as_view(), name="code_systems"),
    path("codes/<slug:system>/", codes.Codes.as_view(), name="codes"),
    path("regions/", regions.Regions.as_view(), name="regions"),
    path("regions/<str:code>/", regions.RegionPage.as_view(), name="region"),
    path("imports/", imports.List.as_view(), name="imports"),
    path("imports/<slug:key>/", imports.Upload.as_view(), name="import_upload"),
    path("imports/<slug:key>/template.xlsx", imports.Template.as_view(), name="import_template"),
    path("imports/runs/<uuid:pk>/", imports.Run.as_view(), name="import_run"),
    path("imports/runs/<uuid:pk>/marked.xlsx", imports.Marked.as_view(), name="import_marked"),
]
