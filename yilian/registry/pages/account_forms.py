"""Writing accounts: opening, joining, correcting, passwords, locks."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.workflow.flow import Ask
from yilian.registry.accounts import writing
from yilian.registry.accounts.linking import link_practitioner
from yilian.registry.accounts.posting import consortia_for, roles_granted_at
from yilian.registry.accounts.writing import Opened
from yilian.registry.models import Practitioner
from yilian.registry.pages import account_asks as asks
from yilian.registry.pages.accounts import OfAccount, OfAccounts
from yilian.registry.pages.noun_form import NounForm, answers_from


class ShowsPassword(NounForm):
    """A form that ends with a first password: shown once, kept by nobody."""

    opened: Opened

    def written(self, address: str) -> HttpResponse:
        self.template = "registry/account_password.html"
        answer = self.show({"row": self.opened.account, "password": self.opened.password, "address": address})
        answer.headers["Cache-Control"] = "no-store"
        return answer


class New(OfAccounts, ShowsPassword):
    """`/people/new/`."""

    def questions(self) -> tuple[Ask, ...]:
        place = self.actor.institution_id
        roles = asks.several_roles(roles_granted_at(place))
        limits = asks.limits(consortia_for(place))
        return (asks.USERNAME, *asks.FACTS, roles, asks.SINCE, asks.UNTIL, *limits)

    def title(self) -> str:
        return _("新建账号")

    def back(self) -> tuple[str, str]:
        return "/people/", _("账号与岗位")

    def given(self) -> dict[str, Any]:
        return {"since_on": clock.today()}

    def write(self, values: dict[str, Any]) -> str:
        facts: dict[str, Any] = {name: values.pop(name, None) or "" for name in writing.FACTS}
        consortium_id = asks.chosen_key(values.pop("consortium", None))
        self.opened = writing.open_account(by=self.actor, consortium_id=consortium_id, **values, **facts)
        return f"/people/{self.opened.account.pk}/"


class Join(OfAccounts, NounForm):
    """`/people/join/`: a post here for somebody whose account is another institution's."""

    def questions(self) -> tuple[Ask, ...]:
        return (*asks.JOINING, asks.role(roles_granted_at(self.actor.institution_id)), asks.SINCE, asks.UNTIL)

    def title(self) -> str:
        return _("为已有账号授予本机构岗位")

    def back(self) -> tuple[str, str]:
        return "/people/", _("账号与岗位")

    def given(self) -> dict[str, Any]:
        return {"since_on": clock.today()}

    def write(self, values: dict[str, Any]) -> str:
        account = writing.join_account(by=self.actor, **values)
        messages.success(self.request, _("已授予 {name} 本机构的岗位").format(name=account))
        return f"/people/{account.pk}/"


class AboutAccount(OfAccount, NounForm):
    """A form about one account; what somebody else changed meanwhile is not overwritten."""

    def back(self) -> tuple[str, str]:
        return self.address, str(self.account)

    def extra(self) -> dict[str, Any]:
        return {"version": self.request.POST.get("_version") or self.account.version}


class Edit(AboutAccount):
    """`/people/<pk>/edit/`."""

    asks = asks.FACTS

    def title(self) -> str:
        return _("修改账号资料")

    def given(self) -> dict[str, Any]:
        return answers_from(self.account, self.asks)

    def write(self, values: dict[str, Any]) -> str:
        facts = {name: value or "" for name, value in values.items()}
        writing.change_account(self.account.pk, by=self.actor, version=self.sent_version(), **facts)
        return self.address


class Reset(AboutAccount, ShowsPassword):
    """`/people/<pk>/password/`."""

    template = "registry/account_confirm.html"

    def title(self) -> str:
        return _("重设密码")

    def extra(self) -> dict[str, Any]:
        says = _("将生成新的初始密码，只显示一次。此人已登录的设备和接口令牌立即失效，下次登录时须改成自己的密码。")
        return super().extra() | {"says": says, "does": self.title()}

    def write(self, values: dict[str, Any]) -> str:
        self.opened = writing.reset_password(self.account.pk, by=self.actor, version=self.sent_version())
        return self.address


class Lock(AboutAccount):
    """`/people/<pk>/lock/`."""

    template = "registry/account_confirm.html"
    asks = (asks.GROUND,)

    def title(self) -> str:
        return _("锁定账号")

    def extra(self) -> dict[str, Any]:
        says = _("锁定后立即不能登录，已登录的设备和接口令牌随即失效；岗位和办理记录保留，可随时解锁。")
        return super().extra() | {"says": says, "does": self.title()}

    def write(self, values: dict[str, Any]) -> str:
        writing.lock(self.account.pk, by=self.actor, version=self.sent_version(), **values)
        messages.success(self.request, _("已锁定 {name}").format(name=self.account))
        return self.address


class Link(AboutAccount):
    """`/people/<pk>/practitioner/`."""

    asks = (asks.PRACTITIONER,)

    def title(self) -> str:
        return _("对应医务人员")

    def given(self) -> dict[str, Any]:
        here = Practitioner.objects.filter(user=self.account, institution_id=self.actor.institution_id).first()
        return {"practitioner": here.pk if here else None}

    def write(self, values: dict[str, Any]) -> str:
        link_practitioner(
            self.account.pk, by=self.actor, version=self.sent_version(), practitioner_id=values.get("practitioner")
        )
        return self.address
