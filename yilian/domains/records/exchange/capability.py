"""What the interface claims in FHIR: reading and creating document Bundles, no search, no other resource."""

from typing import Any

from django.utils.translation import gettext as _

PUBLISHED_ON = "2026-11-22"


def statement() -> dict[str, Any]:
    """Return the CapabilityStatement."""
    reads = _("书写机构及有调阅依据的机构可读；依据与读取一并记录。")
    creates = _("只接收 type 为 document 的 Bundle；书写机构须为账号所属机构。")
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": PUBLISHED_ON,
        "kind": "instance",
        "implementation": {"description": _("医联：病历文档的收发")},
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "rest": [
            {
                "mode": "server",
                "security": {"description": _("Authorization: Bearer 令牌，以 POST /api/v1/token 换取。")},
                "resource": [
                    {
                        "type": "Bundle",
                        "interaction": [
                            {"code": "read", "documentation": reads},
                            {"code": "create", "documentation": creates},
                        ],
                        "versioning": "no-version",
                    }
                ],
            }
        ],
    }
