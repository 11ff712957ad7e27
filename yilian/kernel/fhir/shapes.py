"""The elements of the resources and datatypes a document is made of, as R4 (4.0.1) defines them.

One line for each type: `name:type`, then `!` if there must be one, `*` if there may be several, `+` for both;
`=a|b` are the codes of a required binding, `>A|B` the resources a reference may name. What every resource and element
has (id, extension, text, …) is added when the lines are read. Types that are not listed are read as anything.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Element:
    """An element: its type, whether it must be there and may repeat, its codes, what it may refer to."""

    name: str
    type: str
    is_required: bool = False
    is_many: bool = False
    codes: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()


RESOURCES = {
    "Bundle": """identifier:Identifier type:code!=document|message|transaction|transaction-response|batch|
        batch-response|history|searchset|collection timestamp:instant total:unsignedInt link:Any* entry:Bundle.entry*
        signature:Any""",
    "Composition": """identifier:Identifier status:code!=preliminary|final|amended|entered-in-error
        type:CodeableConcept! category:CodeableConcept* subject:Reference encounter:Reference>Encounter date:dateTime!
        author:Reference+>Practitioner|PractitionerRole|Device|Patient|RelatedPerson|Organization title:string!
        confidentiality:code=U|L|M|N|R|V attester:Composition.attester* custodian:Reference>Organization
        relatesTo:Composition.relatesTo* event:Composition.event* section:Composition.section*""",
    "Patient": """identifier:Identifier* active:boolean name:HumanName* telecom:ContactPoint*
        gender:code=male|female|other|unknown birthDate:date deceasedBoolean:boolean deceasedDateTime:dateTime
        address:Address* maritalStatus:CodeableConcept multipleBirthBoolean:boolean multipleBirthInteger:integer
        photo:Attachment* contact:Any* communication:Any*
        generalPractitioner:Reference*>Organization|Practitioner|PractitionerRole
        managingOrganization:Reference>Organization link:Any*""",
    "Practitioner": """identifier:Identifier* active:boolean name:HumanName* telecom:ContactPoint* address:Address*
        gender:code=male|female|other|unknown birthDate:date photo:Attachment* qualification:Any*
        communication:CodeableConcept*""",
    "PractitionerRole": """identifier:Identifier* active:boolean period:Period practitioner:Reference>Practitioner
        organization:Reference>Organization code:CodeableConcept* specialty:CodeableConcept*
        location:Reference*>Location healthcareService:Reference*>HealthcareService telecom:ContactPoint*
        availableTime:Any* notAvailable:Any* availabilityExceptions:string endpoint:Reference*>Endpoint""",
    "Organization": """identifier:Identifier* active:boolean type:CodeableConcept* name:string alias:string*
        telecom:ContactPoint* address:Address* partOf:Reference>Organization contact:Any*
        endpoint:Reference*>Endpoint""",
    "Observation": """identifier:Identifier* basedOn:Reference* partOf:Reference*
        status:code!=registered|preliminary|final|amended|corrected|cancelled|entered-in-error|unknown
        category:CodeableConcept* code:CodeableConcept! subject:Reference>Patient|Group|Device|Location
        focus:Reference* encounter:Reference>Encounter effectiveDateTime:dateTime effectivePeriod:Period
        effectiveTiming:Any effectiveInstant:instant issued:instant
        performer:Reference*>Practitioner|PractitionerRole|Organization|CareTeam|Patient|RelatedPerson
        valueQuantity:Quantity valueCodeableConcept:CodeableConcept valueString:string valueBoolean:boolean
        valueInteger:integer valueRange:Any valueRatio:Any valueSampledData:Any valueTime:time valueDateTime:dateTime
        valuePeriod:Period dataAbsentReason:CodeableConcept interpretation:CodeableConcept* note:Any*
        bodySite:CodeableConcept method:CodeableConcept specimen:Reference>Specimen
        device:Reference>Device|DeviceMetric referenceRange:Observation.referenceRange* hasMember:Reference*
        derivedFrom:Reference* component:Any*""",
    "DocumentReference": """masterIdentifier:Identifier identifier:Identifier*
        status:code!=current|superseded|entered-in-error docStatus:code=preliminary|final|amended|entered-in-error
        type:CodeableConcept category:CodeableConcept* subject:Reference>Patient|Practitioner|Group|Device date:instant
        author:Reference*>Practitioner|PractitionerRole|Organization|Device|Patient|RelatedPerson
        authenticator:Reference>Practitioner|PractitionerRole|Organization custodian:Reference>Organization
        relatesTo:Any* description:string securityLabel:CodeableConcept* content:DocumentReference.content+
        context:Any""",
    "Binary": "contentType:code! securityContext:Reference data:base64Binary",
    "Condition": """identifier:Identifier* clinicalStatus:CodeableConcept verificationStatus:CodeableConcept
        category:CodeableConcept* severity:CodeableConcept code:CodeableConcept bodySite:CodeableConcept*
        subject:Reference!>Patient|Group encounter:Reference>Encounter onsetDateTime:dateTime onsetAge:Any
        onsetPeriod:Period onsetRange:Any onsetString:string abatementDateTime:dateTime abatementAge:Any
        abatementPeriod:Period abatementRange:Any abatementString:string recordedDate:dateTime
        recorder:Reference>Practitioner|PractitionerRole|Patient|RelatedPerson
        asserter:Reference>Practitioner|PractitionerRole|Patient|RelatedPerson stage:Any* evidence:Any* note:Any*""",
}
DATATYPES = {
    "Bundle.entry": "link:Any* fullUrl:uri resource:Resource search:Any request:Any response:Any",
    "Composition.attester": """mode:code!=personal|professional|legal|official time:dateTime
        party:Reference>Patient|RelatedPerson|Practitioner|PractitionerRole|Organization""",
    "Composition.relatesTo": """code:code!=replaces|transforms|signs|appends targetIdentifier:Identifier
        targetReference:Reference>Composition""",
    "Composition.event": "code:CodeableConcept* period:Period detail:Reference*",
    "Composition.section": """title:string code:CodeableConcept
        author:Reference*>Practitioner|PractitionerRole|Device|Patient|RelatedPerson|Organization focus:Reference
        text:Narrative mode:code=working|snapshot|changes orderedBy:CodeableConcept entry:Reference*
        emptyReason:CodeableConcept section:Composition.section*""",
    "Observation.referenceRange": """low:Quantity high:Quantity type:CodeableConcept appliesTo:CodeableConcept*
        age:Any text:string""",
    "DocumentReference.content": "attachment:Attachment! format:Coding",
    "Identifier": """use:code=usual|official|temp|secondary|old type:CodeableConcept system:uri value:string
        period:Period assigner:Reference>Organization""",
    "CodeableConcept": "coding:Coding* text:string",
    "Coding": "system:uri version:string code:code display:string userSelected:boolean",
    "Reference": "reference:string type:uri identifier:Identifier display:string",
    "Period": "start:dateTime end:dateTime",
    "HumanName": """use:code=usual|official|temp|nickname|anonymous|old|maiden text:string family:string given:string*
        prefix:string* suffix:string* period:Period""",
    "ContactPoint": """system:code=phone|fax|email|pager|url|sms|other value:string
        use:code=home|work|temp|old|mobile rank:positiveInt period:Period""",
    "Address": """use:code=home|work|temp|old|billing type:code=postal|physical|both text:string line:string*
        city:string district:string state:string postalCode:string country:string period:Period""",
    "Quantity": "value:decimal comparator:code=<|<=|>=|> unit:string system:uri code:code",
    "Attachment": """contentType:code language:code data:base64Binary url:url size:unsignedInt hash:base64Binary
        title:string creation:dateTime""",
    "Narrative": "status:code!=generated|extensions|additional|empty div:xhtml!",
    "Meta": "versionId:id lastUpdated:instant source:uri profile:canonical* security:Coding* tag:Coding*",
}
OF_RESOURCES = "id:id meta:Meta implicitRules:uri language:code"
OF_DOMAIN_RESOURCES = "text:Narrative contained:Any* extension:Any* modifierExtension:Any*"
OF_ELEMENTS, OF_PARTS = "id:string extension:Any*", "modifierExtension:Any*"
BARE = frozenset(("Bundle", "Binary"))
"""Resources that are no DomainResource."""


def _element(text: str) -> Element:
    text, _sign, targets = text.partition(">") if "=<" not in text else (text, "", "")
    text, _sign, codes = text.partition("=")
    name, _sign, kind = text.partition(":")
    return Element(
        name, kind.rstrip("!*+"), is_required=kind[-1] in "!+", is_many=kind[-1] in "*+",
        codes=frozenset(codes.split("|")) - {""}, targets=frozenset(targets.split("|")) - {""},
    )  # fmt: skip


def _shape(text: str) -> dict[str, Element]:
    joined = "|".join(part.strip() for part in text.split("|"))
    return {element.name: element for element in map(_element, joined.split())}


def _resource(name: str, own: str) -> dict[str, Element]:
    return _shape(f"{OF_RESOURCES} {'' if name in BARE else OF_DOMAIN_RESOURCES} {own}")


def _datatype(name: str, own: str) -> dict[str, Element]:
    return _shape(f"{OF_ELEMENTS} {OF_PARTS if '.' in name else ''} {own}")


SHAPES = {name: _resource(name, own) for name, own in RESOURCES.items()} | {
    name: _datatype(name, own) for name, own in DATATYPES.items()
}
"""Elements by type and name."""
