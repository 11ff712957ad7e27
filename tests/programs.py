"""A program that talks to the JSON interface as a person in a post."""

from typing import Any

import orjson
from django.http import HttpResponse
from django.test import Client

from yilian.kernel.access.models import User
from yilian.kernel.api.tokens import issue

PASSWORD = "yilian-demo"


class Program:
    """A client with a token; every call returns the response, `.json()` reads it."""

    def __init__(self, user: User, **headers: str) -> None:
        self.user = user
        self.token, self.row = issue(user, user.posts.get())
        self.place = self.row.post.institution_id
        self.headers = {"Authorization": f"Bearer {self.token}", **headers}
        self.client = Client()

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.client.get(f"/api/v1/{path}", headers=self.headers | _named(headers))

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        content = b"" if body is None else body if isinstance(body, bytes) else orjson.dumps(body)
        send = {"content_type": "application/json"} | {k: v for k, v in headers.items() if k == "content_type"}
        more = {name: value for name, value in headers.items() if name != "content_type"}
        return self.client.post(f"/api/v1/{path}", content, headers=self.headers | _named(more), **send)

    def delete(self, path: str) -> HttpResponse:
        return self.client.delete(f"/api/v1/{path}", headers=self.headers)

    def open(self, kind: str = "errand", **members: Any) -> dict[str, Any]:
        """Open a case and return what the interface answers."""
        answer = self.post(f"cases/{kind}", members)
        assert answer.status_code == 201, answer.content
        return answer.json()


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
