"""Tokens by which programs act as a person in a post."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ApiToken(models.Model):
    """A bearer token. Only its SHA-256 is kept, so a stolen table opens nothing.

    `password_digest` is the SHA-256 of the password hash it was given for: a new password ends every token.
    `institution_name` is the name that goes into the history; it is read again whenever `used_at` is renewed.
    """

    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens", verbose_name=_("人员")
    )
    post = models.ForeignKey("access.Post", models.CASCADE, related_name="+", verbose_name=_("岗位"))
    institution_name = models.CharField(max_length=200)
    password_digest = models.BinaryField(max_length=32, editable=False)
    created_at = models.DateTimeField(_("签发时间"))
    expires_at = models.DateTimeField(_("失效时间"))
    used_at = models.DateTimeField(_("最近使用"), null=True)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True)

    class Meta:
        verbose_name = _("接口令牌")

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at:%Y-%m-%d %H:%M}"
