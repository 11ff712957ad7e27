"""Whether a resource has the shape R4 gives it: every fault with its place, none of them twice."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from yilian.kernel.fhir.outcome import Issue
from yilian.kernel.fhir.primitives import PRIMITIVES, fits
from yilian.kernel.fhir.shapes import RESOURCES, SHAPES, Element

CHOICES = ("deceased", "multipleBirth", "effective", "value", "onset", "abatement")
MOST = 50


def faults(resource: dict[str, Any]) -> list[Issue]:
    """Return what is wrong with the shape of a resource and of those inside it, at most 50 faults.

    Resources of types that are not in `shapes` are looked at for empty values only.
    """
    found = list(_resource(resource, resource["resourceType"]))
    return found[:MOST]


def _resource(value: dict[str, Any], place: str) -> Iterator[Issue]:
    kind = value.get("resourceType")
    if not isinstance(kind, str) or not kind:
        yield Issue("structure", _("缺少 resourceType"), place)
    elif kind in RESOURCES:
        plain = {name: inner for name, inner in value.items() if name != "resourceType"}
        yield from _object(plain, kind, place)
    else:
        yield from _anything(value, place)


def _object(value: dict[str, Any], kind: str, place: str) -> Iterator[Issue]:
    shape = SHAPES[kind]
    if not value:
        yield Issue("structure", _("不能是空对象"), place)
    for name, inner in value.items():
        at = f"{place}.{name}"
        if name.startswith("_") and name[1:] in shape and shape[name[1:]].type in PRIMITIVES:
            yield from _anything(inner, at)
        elif name not in shape:
            yield Issue("structure", _("{kind} 没有元素 {name}").format(kind=kind, name=name[:60]), at[:200])
        else:
            yield from _element(inner, shape[name], at)
    for element in shape.values():
        if element.is_required and element.name not in value and f"_{element.name}" not in value:
            yield Issue("required", _("缺少 {name}").format(name=element.name), f"{place}.{element.name}")
    yield from _one_of_each(value, shape, place)
    if value.get("modifierExtension"):
        text = _("含有会改变含义的扩展（modifierExtension），不能按原意读入")
        yield Issue("not-supported", text, f"{place}.modifierExtension")


def _element(value: Any, element: Element, place: str) -> Iterator[Issue]:
    if not element.is_many:
        yield from _single(value, element, place)
    elif not isinstance(value, list) or not value:
        yield Issue("structure", _("应为非空的数组"), place)
    else:
        for number, one in enumerate(value):
            yield from _single(one, element, f"{place}[{number}]")


def _single(value: Any, element: Element, place: str) -> Iterator[Issue]:
    if element.type == "Any":
        yield from _anything(value, place)
    elif element.type in PRIMITIVES:
        if not (value is None and element.is_many) and not fits(element.type, value):
            yield Issue("value", _("值不符合类型 {kind}").format(kind=element.type), place)
        elif element.codes and value not in element.codes:
            known = _("、").join(sorted(element.codes))
            yield Issue("code-invalid", _("不在值集内；可用的有：{known}").format(known=known), place)
    elif not isinstance(value, dict):
        yield Issue("structure", _("应为对象"), place)
    elif element.type == "Resource":
        yield from _resource(value, place)
    else:
        yield from _object(value, element.type, place)


def _one_of_each(value: dict[str, Any], shape: dict[str, Element], place: str) -> Iterator[Issue]:
    for choice in CHOICES:
        given = [
            name for name in value if name in shape and name.startswith(choice) and name[len(choice) :][:1].isupper()
        ]
        if len(given) > 1:
            yield Issue("structure", _("{names} 只能有一个").format(names=_("、").join(given)), f"{place}.{given[0]}")


def _anything(value: Any, place: str) -> Iterator[Issue]:
    if value in ("", [], {}):
        yield Issue("structure", _("不能是空值"), place)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _anything(inner, f"{place}.{name}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _anything(one, f"{place}[{number}]")
