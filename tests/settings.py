"""Settings for tests: a data folder of this checkout below the system's temporary folder, quick passwords, no pool."""

import hashlib
import os
import tempfile
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[1]
_KEY = hashlib.sha256(bytes(_CHECKOUT)).hexdigest()[:8]
os.environ["YILIAN_HOME"] = str(Path(tempfile.gettempdir()) / f"yilian-tests-{os.geteuid()}-{_KEY}")
for _name in ("DATABASE_URL", "DATABASE_OWNER_URL", "YILIAN_POOL", "YILIAN_HTTPS", "YILIAN_STATEMENT_TIMEOUT"):
    os.environ.pop(_name, None)

from yilian.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
INSTALLED_APPS = [*INSTALLED_APPS, "tests.sample"]  # noqa: F405
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
