"""A sheet for tests: accounts by user name."""

import io
from collections.abc import Mapping
from typing import Any

import xlsxwriter
from django.core.exceptions import ValidationError

from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User
from yilian.kernel.imports.cells import day, one_of, text, whole
from yilian.kernel.imports.sheet import Column, Saved, Sheet, sheets


def save_account(values: Mapping[str, Any], by: Actor) -> Saved:
    if values["full_name"] == "出错":
        raise RuntimeError("a mistake of the program")
    if values["full_name"] == "某某":
        raise ValidationError({"full_name": ["请填写真实姓名"]})
    facts = {"full_name": values["full_name"], "phone": values.get("phone", "")}
    user = User.objects.filter(username=values["username"]).first()
    if user is None:
        User.objects.create(username=values["username"], **facts)
        return Saved.CREATED
    if all(getattr(user, name) == value for name, value in facts.items()):
        return Saved.UNCHANGED
    User.objects.filter(pk=user.pk).update(**facts)
    return Saved.UPDATED


ACCOUNTS = sheets.add(
    Sheet(
        key="accounts-for-tests",
        title="账号",
        columns=(
            Column("账号", "username", text(20), required=True, example="lin"),
            Column("姓名", "full_name", text(100), required=True),
            Column("手机", "phone", text(20)),
            Column("入职日期", "since_on", day),
            Column("年龄", "age", whole(16, 99)),
            Column("性别", "sex", one_of({"男": "1", "女": "2"}), choices=("男", "女")),
        ),
        save=save_account,
        keys=(("username",),),
    )
)
HEADERS = ["账号", "姓名", "手机", "入职日期", "年龄", "性别"]


def workbook(*rows: list[Any], headers: list[str] | None = None) -> bytes:
    """Return a workbook with these rows below the headers; text that begins with "=" becomes a formula."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet()
        for number, row in enumerate([HEADERS if headers is None else headers, *rows]):
            page.write_row(number, 0, row)
    return buffer.getvalue()
