"""A document Bundle: its first entry, what its references name, and the rules R4 has for it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from yilian.kernel.fhir.checking import MOST, faults
from yilian.kernel.fhir.outcome import Issue
from yilian.kernel.fhir.shapes import RESOURCES, SHAPES, Element

Resource = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """A resource and where it stands in the Bundle."""

    place: str
    resource: Resource

    @property
    def type(self) -> str:
        return str(self.resource.get("resourceType"))


class DocumentBundle:
    """A document whose shape is right (`document_faults` found nothing)."""

    def __init__(self, bundle: Resource) -> None:
        self.bundle = bundle
        self.entries = [
            Found(f"Bundle.entry[{number}].resource", entry["resource"])
            for number, entry in enumerate(bundle.get("entry", ()))
            if isinstance(entry, dict) and isinstance(entry.get("resource"), dict)
        ]
        self._by_name = _names(bundle, self.entries)

    @property
    def composition(self) -> Found:
        return self.entries[0]

    def named(self, reference: Any, within: Resource | None = None) -> Found | None:
        """Return what a Reference names in this Bundle, or among what `within` contains; None for anything else."""
        text = reference.get("reference") if isinstance(reference, dict) else None
        if not isinstance(text, str):
            return None
        if text.startswith("#"):
            contained = (within or {}).get("contained", ())
            inner = (one for one in contained if isinstance(one, dict) and one.get("id") == text[1:])
            return next((Found("", one) for one in inner), None)
        return self._by_name.get(text.partition("/_history/")[0])


def _names(bundle: Resource, entries: list[Found]) -> dict[str, Found]:
    """Return what a reference may say to name an entry: its fullUrl, and type and id."""
    urls = [
        entry.get("fullUrl") for entry in bundle.get("entry", ()) if isinstance(entry, dict) and "resource" in entry
    ]
    found: dict[str, Found] = {}
    for url, entry in zip(urls, entries, strict=False):
        identity = entry.resource.get("id")
        for name in (f"{entry.type}/{identity}" if identity else None, url):
            if isinstance(name, str):
                found.setdefault(name, entry)
    return found


def document_faults(bundle: Resource) -> list[Issue]:
    """Return what keeps a resource from being a document Bundle, shapes and references included; at most 50 faults."""
    if bundle["resourceType"] != "Bundle":
        return [Issue("structure", _("应为 Bundle，而不是 {kind}").format(kind=bundle["resourceType"][:60]), "Bundle")]
    found = faults(bundle)
    if found:
        return found
    return [*_rules(bundle), *_references(DocumentBundle(bundle))][:MOST]


def _rules(bundle: Resource) -> Iterator[Issue]:
    """Yield what breaks bdl-7, bdl-9, bdl-10 and bdl-11."""
    if bundle["type"] != "document":
        yield Issue("not-supported", _("只接收 type 为 document 的 Bundle"), "Bundle.type")
    identifier = bundle.get("identifier", {})
    if not (identifier.get("system") and identifier.get("value")):
        text = _("文档须有标识（identifier 的 system 与 value），以便重发时识别")
        yield Issue("required", text, "Bundle.identifier")
    if "timestamp" not in bundle:
        yield Issue("required", _("文档须有生成时间 timestamp"), "Bundle.timestamp")
    entries = bundle.get("entry") or [{}]
    if entries[0].get("resource", {}).get("resourceType") != "Composition":
        yield Issue("structure", _("文档的第一项须是 Composition"), "Bundle.entry[0].resource")
    urls = Counter(entry.get("fullUrl") for entry in entries if entry.get("fullUrl"))
    for url in (one for one, times in urls.items() if times > 1):
        yield Issue("duplicate", _("fullUrl {url} 出现了两次").format(url=url[:100]), "Bundle.entry.fullUrl")


def _references(document: DocumentBundle) -> Iterator[Issue]:
    for entry in document.entries:
        if entry.type in RESOURCES:
            yield from _inside(entry.resource, entry.type, entry, document, entry.place)


def _inside(value: Resource, kind: str, entry: Found, document: DocumentBundle, place: str) -> Iterator[Issue]:
    shape = SHAPES[kind]
    for name, inner in value.items():
        element = shape.get(name)
        if element is None or element.type not in SHAPES:
            continue
        for number, one in enumerate(inner if element.is_many else [inner]):
            at = f"{place}.{name}[{number}]" if element.is_many else f"{place}.{name}"
            if element.type == "Reference":
                yield from _reference(one, element, entry, document, at)
            else:
                yield from _inside(one, element.type, entry, document, at)


def _reference(
    value: Resource, element: Element, entry: Found, document: DocumentBundle, place: str
) -> Iterator[Issue]:
    target = document.named(value, entry.resource)
    text = value.get("reference", "")
    if target is None and text.startswith(("urn:", "#")):
        yield Issue("not-found", _("引用的 {name} 不在文档内").format(name=text[:100]), f"{place}.reference")
    if target and element.targets and target.type not in element.targets:
        known = _("、").join(sorted(element.targets))
        said = _("不能引用 {kind}；可引用 {known}").format(kind=target.type, known=known)
        yield Issue("structure", said, f"{place}.reference")
