"""Addresses of the pages. Those of cases are the same for every type in the registry."""

from django.urls import include, path, register_converter
from django.views.i18n import set_language

from yilian.kernel.pages import (
    cases,
    export,
    filing,
    filling,
    helping,
    lists,
    live,
    own,
    pick,
    searching,
    substitutes,
    taking,
    talking,
    urging,
    worklists,
)
from yilian.kernel.workflow.case_type import case_types


class KindConverter:
    """The key of a case type; every other word belongs to somebody else's address."""

    regex = "[a-z][a-z0-9_]*"

    def to_python(self, value: str) -> str:
        if value not in case_types:
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KindConverter, "kind")

urlpatterns = [
    path("", include("yilian.kernel.pages.regulations.addresses")),
    path("", include("yilian.kernel.pages.indicators.addresses")),
    path("", include("yilian.kernel.pages.audit.addresses")),
    path("", include("yilian.kernel.pages.notices.addresses")),
    path("", include("yilian.kernel.pages.papers.addresses")),
    path("", worklists.Home.as_view(), name="home"),
    path("live/", live.Live.as_view(), name="live"),
    path("inbox/", worklists.Inbox.as_view(), name="inbox"),
    path("search/", searching.Search.as_view(), name="search"),
    path("help/", helping.Help.as_view(), name="help"),
    path("help/<kind:kind>/", helping.KindHelp.as_view(), name="help_kind"),
    path("pick/<slug:kind>/", pick.Pick.as_view(), name="pick"),
    path("post/", own.Posts.as_view(), name="posts"),
    path("me/substitutes/", substitutes.Substitutes.as_view(), name="substitutes"),
    path("me/substitutes/<int:pk>/end/", substitutes.End.as_view(), name="substitute_end"),
    path("me/acting/", substitutes.ActForOneself.as_view(), name="act_for_oneself"),
    path("me/acting/<int:pk>/", substitutes.ActFor.as_view(), name="act_for"),
    path("me/", own.Me.as_view(), name="me"),
    path("language/", set_language, name="set_language"),
    path("files/<uuid:pk>/", filing.HandOut.as_view(), name="file"),
    path("files/<uuid:pk>/remove/", filing.Remove.as_view(), name="file_remove"),
    path("papers/<uuid:pk>/void/", filing.Void.as_view(), name="paper_void"),
    path("verify/<str:token>/", filing.Verify.as_view(), name="verify"),
    path("<kind:kind>/", lists.List.as_view(), name="list"),
    path("<kind:kind>/columns/", lists.Columns.as_view(), name="columns"),
    path("<kind:kind>/saved/", lists.Saved.as_view(), name="saved"),
    path("<kind:kind>/export.xlsx", export.Export.as_view(), name="export"),
    path("<kind:kind>/new/", filling.New.as_view(), name="new"),
    path("<kind:kind>/<uuid:pk>/", cases.Detail.as_view(), name="detail"),
    path("<kind:kind>/<uuid:pk>/print/", cases.Print.as_view(), name="print"),
    path("<kind:kind>/<uuid:pk>/do/edit/", filling.Edit.as_view(), name="edit"),
    path("<kind:kind>/<uuid:pk>/do/<slug:verb>/", taking.Take.as_view(), name="take"),
    path("<kind:kind>/<uuid:pk>/messages/", talking.Messages.as_view(), name="messages_of_case"),
    path("<kind:kind>/<uuid:pk>/messages/seen/", talking.Seen.as_view(), name="messages_seen"),
    path("<kind:kind>/<uuid:pk>/urges/", urging.Urges.as_view(), name="urges"),
    path("<kind:kind>/<uuid:pk>/files/", filing.Attach.as_view(), name="attach"),
    path("<kind:kind>/<uuid:pk>/papers/", filing.Issue.as_view(), name="issue"),
]
