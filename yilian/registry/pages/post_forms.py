"""Writing the posts and deputies of one account."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access import substituting
from yilian.kernel.access.models import Deputy, Post
from yilian.kernel.workflow.flow import Ask
from yilian.registry.accounts.deputies import end_deputy, name_deputy
from yilian.registry.accounts.keeping import unended
from yilian.registry.accounts.posting import consortia_for, end_post, grant_post, roles_granted_at, withdraw_post
from yilian.registry.accounts.writing import unlock
from yilian.registry.pages import account_asks as asks
from yilian.registry.pages.account_forms import AboutAccount
from yilian.registry.pages.accounts import post_words


class Grant(AboutAccount):
    """`/people/<pk>/posts/new/`."""

    def questions(self) -> tuple[Ask, ...]:
        place = self.actor.institution_id
        return (asks.role(roles_granted_at(place)), asks.SINCE, asks.UNTIL, *asks.limits(consortia_for(place)))

    def title(self) -> str:
        return _("授予岗位")

    def given(self) -> dict[str, Any]:
        return {"since_on": clock.today()}

    def write(self, values: dict[str, Any]) -> str:
        consortium_id = asks.chosen_key(values.pop("consortium", None))
        grant_post(self.account.pk, by=self.actor, version=self.sent_version(), consortium_id=consortium_id, **values)
        return self.address


class AboutPost(AboutAccount):
    """A form about one post of the account here that has not ended."""

    @cached_property
    def held(self) -> Post:
        here = self.account.posts.filter(unended(clock.today()), institution_id=self.actor.institution_id)
        found = here.select_related("consortium").filter(pk=self.kwargs["post"]).first()
        if found is None:
            raise Http404(str(self.kwargs["post"]))
        return found


class End(AboutPost):
    """`/people/<pk>/posts/<post>/end/`."""

    template = "registry/account_confirm.html"
    asks = (asks.LAST_DAY,)

    def title(self) -> str:
        return _("结束岗位：{post}").format(post=post_words(self.held))

    def given(self) -> dict[str, Any]:
        return {"until_on": self.held.until_on or clock.today()}

    def extra(self) -> dict[str, Any]:
        says = _("过了最后一天，此人在本机构就不再有这个岗位；已办理的记录不变。")
        return super().extra() | {"says": says, "does": _("保存")}

    def write(self, values: dict[str, Any]) -> str:
        end_post(
            self.held.pk, by=self.actor, account_id=self.account.pk, version=self.sent_version(),
            until_on=values.get("until_on"),
        )  # fmt: skip
        return self.address


class NameDeputy(AboutAccount):
    """`/people/<pk>/deputies/new/`: for somebody on leave who has not named anybody."""

    template = "registry/account_confirm.html"

    def questions(self) -> tuple[Ask, ...]:
        colleagues = list(substituting.people_at(self.actor.institution_id).exclude(pk=self.account.pk))
        if not colleagues:
            raise Http404(str(self.account.pk))
        return asks.deputy(colleagues)

    def title(self) -> str:
        return _("代 {name} 设置委托代办").format(name=self.account)

    def given(self) -> dict[str, Any]:
        return {"since_on": clock.today()}

    def extra(self) -> dict[str, Any]:
        says = _("用于本人休假、外出而来不及自行委托时。受托人以本人的岗位代办，记录同时写明两人；本人可随时结束。")
        return super().extra() | {"says": says, "does": _("保存")}

    def write(self, values: dict[str, Any]) -> str:
        values["deputy_id"] = int(values.pop("deputy"))
        name_deputy(self.account.pk, by=self.actor, version=self.sent_version(), **values)
        return self.address


class AtOnce(AboutAccount):
    """A button on the page of an account: POST does it and comes back, with the reason where it was refused."""

    http_method_names = ["post"]

    def do(self) -> str:
        """Do it and return the sentence that says so; raises ValidationError, or LookupError's kin for what is not
        there.
        """
        raise NotImplementedError

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        try:
            messages.success(request, self.do())
        except ValidationError as refused:
            messages.error(request, "；".join(refused.messages))
        except (Post.DoesNotExist, Deputy.DoesNotExist):
            raise Http404(request.path) from None
        return HttpResponseRedirect(self.address)


class Unlock(AtOnce):
    """`/people/<pk>/unlock/`."""

    def do(self) -> str:
        unlock(self.account.pk, by=self.actor, version=self.sent_version())
        return _("已解锁 {name}").format(name=self.account)


class Withdraw(AtOnce):
    """`/people/<pk>/posts/<post>/withdraw/`."""

    def do(self) -> str:
        place = self.kwargs["post"]
        withdraw_post(place, by=self.actor, account_id=self.account.pk, version=self.sent_version())
        return _("已撤回岗位")


class EndDeputy(AtOnce):
    """`/people/<pk>/deputies/<deputy>/end/`."""

    def do(self) -> str:
        end_deputy(self.kwargs["deputy"], by=self.actor, principal_id=self.account.pk)
        return _("委托已结束")
