"""The questions about patients."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.flow import Ask
from yilian.registry.models.patient import CardKind, IdentityKind, Sex

IDENTITY, CONTACT, GUARDIAN = _("身份"), _("联系方式与保障"), _("监护人")
KINDS = tuple((kind.value, kind.label) for kind in IdentityKind)
CARDS = tuple((kind.value, kind.label) for kind in CardKind)
SEXES = tuple((sex.value, sex.label) for sex in Sex)

NAME = Ask("name", _("姓名"), max_length=100, section=IDENTITY)
DOCUMENT = (
    Ask(
        "identity_kind",
        _("证件类型"),
        "choice",
        required=False,
        choices=KINDS,
        initial=IdentityKind.RESIDENT.value,
        section=IDENTITY,
    ),
    Ask("identity_number", _("证件号码"), required=False, max_length=40, section=IDENTITY, help=_("暂无证件可不填")),
)
REST = (
    Ask("sex", _("性别"), "choice", required=False, choices=SEXES, section=IDENTITY, help=_("身份证号码已含时可不填")),
    Ask("birth_on", _("出生日期"), "date", required=False, section=IDENTITY, help=_("身份证号码已含时可不填")),
    Ask("ethnicity", _("民族"), "code", required=False, source="ethnicity", section=IDENTITY),
    Ask("phone", _("联系电话"), required=False, max_length=24, section=CONTACT),
    Ask("region", _("居住地区划"), "region", required=False, section=CONTACT),
    Ask("address", _("现住址"), required=False, max_length=200, section=CONTACT),
    Ask("insurance", _("医疗付费方式"), "code", required=False, source="insurance", section=CONTACT),
    Ask("guardian_name", _("监护人"), required=False, max_length=100, section=GUARDIAN),
    Ask("guardian_relation", _("与患者关系"), "code", required=False, source="relationship", section=GUARDIAN),
    Ask("guardian_phone", _("监护人电话"), required=False, max_length=24, section=GUARDIAN),
)
DEATH = (
    Ask("is_deceased", _("已故"), "bool", required=False, section=IDENTITY),
    Ask("deceased_on", _("死亡日期"), "date", required=False, section=IDENTITY),
)
REGISTER = (NAME, *DOCUMENT, *REST)
CHANGE = (NAME, *REST, *DEATH)
ADD_DOCUMENT = (
    Ask("kind", _("证件类型"), "choice", choices=KINDS + CARDS),
    Ask("number", _("证件号码"), max_length=40),
)
