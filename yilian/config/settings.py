"""Settings; everything that differs between installations comes from the environment."""

import os
from pathlib import Path

from yilian.config.domains import DOMAINS

ROOT = Path(__file__).resolve().parents[2]
SECRET_KEY = os.environ.get("YILIAN_SECRET_KEY", "development-only")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("YILIAN_HOSTS", "localhost,127.0.0.1").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "procrastinate.contrib.django",
    "yilian.kernel.rules",
    "yilian.kernel.access",
    "yilian.kernel.workflow",
    "yilian.registry",
    *DOMAINS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "yilian.kernel.access.middleware.ActorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "yilian.config.urls"
WSGI_APPLICATION = "yilian.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "yilian"}}
AUTH_USER_MODEL = "access.User"
APP_ROLE = "yilian_app"
INSTITUTION_MODEL = "registry.Institution"
PATIENT_MODEL = "registry.Patient"
CONSORTIUM_MODEL = "registry.Consortium"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "/static/"
