"""The Ninja application: every router behind the door, every refusal as a problem."""

from ninja import NinjaAPI
from ninja.operation import Operation

from yilian.kernel.api import entrance, refusing
from yilian.kernel.api.operations import (
    account,
    cases,
    conversation,
    documents,
    indicators,
    knowledge,
    releases,
    steps,
    urges,
    worklists,
)
from yilian.kernel.api.routers import api_parts


class Site(NinjaAPI):
    """Operations are called by the name of the function that answers them."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name under which generated clients call an operation."""
        return operation.view_func.__name__


def build() -> NinjaAPI:
    """Return the application with the kernel's operations and those that other floors declared."""
    made = Site(title="Yilian", version="1", openapi_url=None, docs_url=None, auth=entrance.TokenAuth())
    made.add_decorator(entrance.in_scope, mode="operation")
    refusing.register(made)
    for router in (
        account.router,
        worklists.router,
        knowledge.router,
        indicators.router,
        releases.router,
        documents.files,
    ):
        made.add_router("", router)
    for router in (cases.router, steps.router, conversation.router, urges.router, documents.router):
        made.add_router("/cases", router)
    for part in api_parts:
        made.add_router(f"/{part.key}", part.router)
    return made


api = build()
