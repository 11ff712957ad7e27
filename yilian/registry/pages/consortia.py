"""Pages of one consortium, whichever floor they belong to."""

from django.http import Http404
from django.utils.functional import cached_property

from yilian.kernel.pages.page import Page
from yilian.registry.models import Consortium


class OfConsortium(Page):
    """A page of the consortium that its address names by `pk`, ended or not."""

    @cached_property
    def consortium(self) -> Consortium:
        """The consortium with its lead; raises Http404."""
        found = Consortium.objects.select_related("lead").filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(str(self.kwargs["pk"]))
        return found
