"""Tokens, and who one is."""

from datetime import timedelta

from axes.helpers import get_cool_off
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.kernel import audit
from yilian.kernel.access import substituting
from yilian.kernel.access.middleware import address_of
from yilian.kernel.access.models import Post, User
from yilian.kernel.access.posts import actor_for, posts_of
from yilian.kernel.access.roles import roles
from yilian.kernel.access.scope import scope
from yilian.kernel.api.body import Part, members
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import ApiProblem, refuse
from yilian.kernel.api.refusing import CHALLENGE
from yilian.kernel.api.reply import ROOT, reply
from yilian.kernel.api.second_factor import second_factor_holds
from yilian.kernel.api.tokens import issue, revoke
from yilian.kernel.workflow.case_type import case_types

router = Router()
CREDENTIALS = (Part("username", str, 150), Part("password", str, 1000), Part("code", str, 40), Part("post", int))


@router.post("/token", auth=None, openapi_extra=described(
    _("换取令牌"), tag="account", answer="Token", status=201, body="Credentials",
    problems=("malformed", "wrong-credentials", "not-yours", "invalid", "locked-out"),
))  # fmt: skip
def open_token(request: HttpRequest) -> HttpResponse:
    """Give a token for user name, password and, where the account has one, a code of the second factor."""
    given = members(request, CREDENTIALS)
    if missing := [name for name in ("username", "password") if not given.get(name)]:
        raise refuse("invalid", gettext("请提供 {names}").format(names=_("、").join(missing)), field=missing[0])
    user = _authenticated(request, given["username"], given["password"], given.get("code", ""))
    if user.must_change_password:
        raise refuse("not-yours", gettext("这是初始密码：请先在网页登录并改成自己的密码，再换取令牌。"))
    post = _post(user, given.get("post"))
    actor = actor_for(user, post.pk, ip=address_of(request))
    with scope(actor):
        text, token = issue(user, post)
        audit.record(actor, "logged_in", object_kind="api_token", object_id=token.pk)
    return reply(
        {"token": text, "token_type": "Bearer", "expires_at": token.expires_at, "post": _post_shape(post)}, status=201
    )


@router.delete("/token", openapi_extra=described(_("撤销令牌"), tag="account", status=204))
def close_token(request: ApiRequest) -> HttpResponse:
    """End the token that the request carries."""
    revoke(request.bearer.token_id)
    audit.record(request.actor, "logged_out", object_kind="api_token", object_id=request.bearer.token_id)
    return HttpResponse(status=204)


@router.get("/me", openapi_extra=described(_("我是谁"), tag="account", answer="Me"))
def me(request: ApiRequest) -> HttpResponse:
    """Return the person, today's posts, the post of this token, and the case types of its roles."""
    actor = request.actor
    posts = posts_of(User.objects.get(api_tokens=request.bearer.token_id))
    shown = {
        "id": request.bearer.actor.user_id,
        "name": request.bearer.actor.name,
        "on_behalf_of": actor.on_behalf_of_id,
        "may_act_for": [
            {"id": row.principal_id, "name": str(row.principal), "until_on": row.until_on}
            for row in substituting.held_by(request.bearer.actor)
        ],
        "post": next((_post_shape(post) for post in posts if post.pk == actor.post_id), None),
        "posts": [_post_shape(post) for post in posts],
        "roles": [{"key": role.key, "title": str(role.title)} for role in roles if role.mask & actor.roles],
        "expires_at": request.bearer.expires_at,
        "case_types": [
            {
                "key": case_type.key,
                "title": str(case_type.title),
                "may_open": case_type.may_open(actor.roles) is not None,
                "url": f"{ROOT}/cases/{case_type.key}",
            }
            for case_type in case_types
            if case_type.uses_role(actor.roles)
        ],
    }
    return reply(shown)


def _authenticated(request: HttpRequest, username: str, password: str, code: str) -> User:
    # `login` is the name under which axes looks for the user name in what Django reports of a failure.
    user = authenticate(request, username=username, login=username, password=password)
    if getattr(request, "axes_locked_out", False):
        raise _locked_out(request)
    if isinstance(user, User) and second_factor_holds(user, code):
        return user
    if user is not None:
        credentials = {"username": username, "login": username}
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        text = gettext("此账号已启用两步验证：请在 code 中提供验证器上的六位数字或一个恢复码。")
        raise refuse("wrong-credentials", text, field="code", headers=CHALLENGE)
    raise refuse("wrong-credentials", gettext("用户名或密码不正确。"), headers=CHALLENGE)


def _locked_out(request: HttpRequest) -> ApiProblem:
    wait = get_cool_off(request) or timedelta()
    minutes = max(1, round(wait.total_seconds() / 60))
    text = gettext("登录失败次数过多，此账号从这一地址暂时不能登录。请在 {minutes} 分钟后再试。")
    return refuse("locked-out", text.format(minutes=minutes), headers={"Retry-After": str(minutes * 60)})


def _post(user: User, wanted: int | None) -> Post:
    held = posts_of(user)
    if not held:
        raise refuse("not-yours", gettext("您目前没有在任的岗位。请联系本机构管理员开通岗位。"))
    for post in held:
        if wanted in (None, post.pk):
            return post
    known = _("、").join(f"{post.pk}（{post}）" for post in held)
    raise refuse("invalid", gettext("您今天没有这个岗位；可用的岗位编号：{known}").format(known=known), field="post")


def _post_shape(post: Post) -> dict[str, object]:
    return {
        "id": post.pk,
        "institution": {"id": post.institution_id, "name": str(post.institution)},
        "role": {"key": post.role, "title": post.role_title},
        "consortium_id": post.consortium_id,
        "since_on": post.since_on,
        "until_on": post.until_on,
    }
