"""The menu entries of the register of papers and of their wordings."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.audit import ObjectKind, object_kinds
from yilian.kernel.pages.menu import Entry, add
from yilian.kernel.pages.papers.register import READERS
from yilian.kernel.pages.papers.wordings import KEEPERS

object_kinds.add(ObjectKind("wording", _("文书模板")))
add(Entry("wordings", _("文书模板"), "/wordings/", "template", _("制度与考核"), 26, roles=KEEPERS))
add(Entry("papers", _("发文登记"), "/papers/", "file-certificate", _("制度与考核"), 25, roles=READERS))
