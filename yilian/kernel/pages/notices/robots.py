"""群机器人: which chat groups of WeCom and DingTalk hear what the institution is told."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel.notices import robot_keeping
from yilian.kernel.notices.kinds import kinds
from yilian.kernel.notices.models import NoticeRobot
from yilian.kernel.notices.robot_keeping import KEEPERS
from yilian.kernel.notices.robots import BadRobotAddressError, open_robot_kinds, robot_kinds
from yilian.kernel.pages.page import Page


class RobotForm(forms.Form):
    """A new robot. The address is asked once and never shown again."""

    channel = forms.ChoiceField(label=gettext_lazy("类型"))
    title = forms.CharField(label=gettext_lazy("群名称"), max_length=60)
    address = forms.CharField(
        label=gettext_lazy("Webhook 地址"),
        max_length=500,
        help_text=gettext_lazy("在群机器人的设置中复制。地址即口令：加密保存，保存后不再显示。"),
    )
    secret = forms.CharField(
        label=gettext_lazy("加签密钥"), max_length=200, required=False, help_text=gettext_lazy("仅钉钉选用加签时填写")
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        choices = [(kind.key, kind.title) for kind in open_robot_kinds()]
        self.fields["channel"] = forms.ChoiceField(label=_("类型"), choices=choices)


class Robots(Page):
    """`/messages/robots/`: the robots of this institution, and a form for another one."""

    template = "pages/notices/robots.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*KEEPERS)
        return self._answer(RobotForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add a robot; it tells everything until somebody chooses."""
        self.insist(*KEEPERS)
        form = RobotForm(request.POST)
        if not form.is_valid():
            return self._answer(form, 422)
        given = dict(form.cleaned_data)
        kind = robot_kinds[given.pop("channel")]
        try:
            robot_keeping.add_robot(by=self.actor, kind=kind, wanted=[item.key for item in kinds], **given)
        except BadRobotAddressError as bad:
            form.add_error("address", str(bad))
            return self._answer(form, 422)
        messages.success(request, _("群机器人已添加"))
        return HttpResponseRedirect(reverse("robots"))

    def _answer(self, form: RobotForm, status: int = 200) -> HttpResponse:
        robots = [
            (robot, robot_kinds[robot.channel].title, [(kind, kind.key in robot.kinds) for kind in kinds])
            for robot in robot_keeping.robots_of(self.actor.institution_id)
        ]
        return self.show({"robots": robots, "form": form, "open": open_robot_kinds()}, status)


class OneRobot(Page):
    """`/messages/robots/<id>/`: POST switches a robot and chooses what it tells."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        robot = NoticeRobot.objects.filter(pk=pk, institution_id=self.actor.institution_id).first()
        if robot is None:
            raise Http404(str(pk))
        self.insist(*KEEPERS)
        is_on = request.POST.get("is_on") == "true"
        robot_keeping.change_robot(robot, by=self.actor, is_on=is_on, wanted=request.POST.getlist("kind"))
        messages.success(request, _("群机器人已保存"))
        return HttpResponseRedirect(reverse("robots"))
