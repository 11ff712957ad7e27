"""Accounts that others keep: initials to search by, a password that must be changed, a version, who named a deputy."""

from django.conf import settings
from django.db import migrations, models


def note_initials(apps, schema_editor):
    """Write the initials of the names that are there; a name changed later gets its own from the writer."""
    from pypinyin import Style, lazy_pinyin  # its dictionaries take a third of a second, on every start

    users = apps.get_model("access", "User").objects.using(schema_editor.connection.alias)
    for user in users.filter(initials="").only("pk", "full_name"):
        letters = "".join(lazy_pinyin(user.full_name, style=Style.FIRST_LETTER, errors="ignore"))
        users.filter(pk=user.pk).update(initials=letters.lower()[:60])


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0003_ended_early"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="initials",
            field=models.CharField(blank=True, db_collation="C", default="", editable=False, max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="user",
            name="must_change_password",
            field=models.BooleanField(default=False, editable=False, verbose_name="须修改密码"),
        ),
        migrations.AddField(
            model_name="user",
            name="version",
            field=models.IntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="deputy",
            name="named_by",
            field=models.ForeignKey(
                blank=True, db_index=False, null=True, on_delete=models.PROTECT, related_name="+",
                to=settings.AUTH_USER_MODEL, verbose_name="设置人",
            ),
        ),
        migrations.RunPython(note_initials, migrations.RunPython.noop),
    ]
