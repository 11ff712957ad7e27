"""The unified social credit code of a legal person (GB 32100)."""

from django.utils.translation import gettext as _

from yilian.registry.check_digits import UNIFIED_ALPHABET, organisation_check, unified_check


class UnifiedCodeError(ValueError):
    """The text is no unified social credit code; the message says why."""


def read_unified_code(text: str) -> str:
    """Return the code in capitals without spaces; raise UnifiedCodeError with a sentence when it cannot be right."""
    code = "".join(text.split()).upper()
    if len(code) != 18:
        raise UnifiedCodeError(_("统一社会信用代码应为18位，现为%(length)s位") % {"length": len(code)})
    strange = sorted(set(code) - set(UNIFIED_ALPHABET))
    if strange:
        raise UnifiedCodeError(_("统一社会信用代码不能含有字符 %(characters)s") % {"characters": " ".join(strange)})
    if not code[2:8].isdigit():
        raise UnifiedCodeError(_("统一社会信用代码第3至8位应为6位数字的区划代码"))
    if unified_check(code[:17]) != code[17]:
        raise UnifiedCodeError(_("统一社会信用代码校验位不符，请核对是否录错"))
    return code


def holds_organisation_code(code: str) -> bool:
    """Tell whether positions 9 to 17 are a valid organisation code (GB 11714); a hint only, some real codes differ."""
    return organisation_check(code[8:16]) == code[16]
