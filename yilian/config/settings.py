"""Settings; everything that differs between installations comes from the environment."""

import os

from csp.constants import NONE, SELF

from yilian.config.domains import DOMAINS, REPORTS
from yilian.config.front_end import SITE_FILES, SPRITE
from yilian.config.home import data_home, part, secret, switch
from yilian.kernel.postgres.place import find_place

HOME = data_home()
SECRET_KEY = secret("secret-key", HOME)
DATA_KEY = secret("data-key", HOME)  # encrypts personal data; its keyed hash finds them again
DATA_KEYS_OLD = tuple(key for key in os.environ.get("YILIAN_DATA_KEYS_OLD", "").split(",") if key)  # the first one last
DEBUG = False
DEMO = switch("YILIAN_DEMO")

INSTALLED_APPS = [
    "yilian.kernel.pages",  # first: its templates dress those of allauth
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",  # the pages of allauth about sessions and passkeys use its filters
    "django_htmx",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "yilian.kernel.almanac",
    "yilian.kernel.lake",
    "yilian.kernel.rules",
    "yilian.kernel.indicators",
    "yilian.kernel.access",
    "yilian.kernel.audit",
    "yilian.kernel.workflow",
    "yilian.kernel.imports",
    "yilian.kernel.documents",
    "yilian.kernel.notices",
    "yilian.kernel.deadlines",
    "yilian.kernel.streams",
    "yilian.kernel.api",
    "yilian.registry",
    "yilian.config.demo",
    *DOMAINS,
    *REPORTS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "yilian.kernel.api.fast_lane.ApiFastLane",  # answers /api/v1/ itself
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "yilian.kernel.pages.plain_text.PlainText",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yilian.kernel.access.middleware.ActorMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "yilian.config.urls"
WSGI_APPLICATION = "yilian.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("yilian.kernel.pages.folding.Loader", ["django.template.loaders.app_directories.Loader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yilian.kernel.pages.frame.frame",
            ],
        },
    }
]

# The database: `default` is the role without rights, `owner` is for migrations only.
PLACE = find_place(HOME)
APP_ROLE = PLACE.app.user
OWNER_ROLE = PLACE.owner.user
DATABASES = {
    "default": PLACE.app.for_django() | {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True},
    "owner": PLACE.owner.for_django() | {"TEST": {"MIRROR": "default"}},
}
# Parameters go beside the statement, and what is asked often is planned once: planning takes longer than running.
# A pooler that hands each transaction to another session (PgBouncer before 1.21) needs YILIAN_PREPARE=0.
PREPARE = int(os.environ.get("YILIAN_PREPARE", "3")) or None
DATABASES["default"]["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": PREPARE}
if POOL := int(os.environ.get("YILIAN_POOL", "0")):  # set by the web server for its processes
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": POOL, "timeout": 10}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTITUTION_MODEL = "registry.Institution"
PATIENT_MODEL = "registry.Patient"
CONSORTIUM_MODEL = "registry.Consortium"

# Language and time.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [part("locale", "locale")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Static files: hashed names, served by the web processes themselves.
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "yilian.config.static_files.VendorFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "yilian.config.static_files.HashedStorage"},
}
PUBLIC_URL = os.environ.get("YILIAN_PUBLIC_URL", "http://localhost:8000")  # printed into the codes of papers
STREAMS_URL = os.environ.get("YILIAN_STREAMS", "")  # where a proxy lets pages open their stream: /streams/
STREAMS_PORT = int(os.environ.get("YILIAN_STREAMS_PORT", "0"))  # set by the web server for its processes
FONT_FOLDER = os.environ.get("YILIAN_FONTS", "")  # licensed fonts for papers, optional
FILE_SCANNER = os.environ.get("YILIAN_SCANNER", "")  # virus scanner, clamd:///run/clamav/clamd.ctl or clamd://host:3310
NOTICE_CHANNELS = {  # apprise addresses with {to} for the person's own, such as mailtos://name:word@host?to={to}
    "email": os.environ.get("YILIAN_EMAIL", ""),
    "sms": os.environ.get("YILIAN_SMS", ""),
    "wecom": os.environ.get("YILIAN_WECOM", ""),  # where robots of institutions are posted to, without a key
    "dingtalk": os.environ.get("YILIAN_DINGTALK", ""),
}
MEDIA_ROOT = HOME / "documents"  # handed out by views that check the case, never by address
INDICATOR_ENGINE = os.environ.get("YILIAN_ENGINE", "duckdb")  # duckdb, postgresql, or sc://host:port of Spark Connect
LAKE_FOLDER = HOME / "lake"  # Parquet by month for the numbers, written by worker and console only
VENDOR_ROOT = part("node_modules", "vendor")
VENDOR_FILES, ICON_SPRITE = SITE_FILES, SPRITE

# Who may ask, and over what.
ALLOWED_HOSTS = os.environ.get("YILIAN_HOSTS", "localhost,127.0.0.1").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("YILIAN_ORIGINS", "").split(",") if origin]
HTTPS = switch("YILIAN_HTTPS")  # pages reach people through a proxy that speaks HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = int(os.environ.get("YILIAN_HSTS_SECONDS", "0"))
SECURE_REDIRECT_EXEMPT = ["^health/$"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "yilian.kernel.access.logins"
SESSION_COOKIE_AGE = 12 * 3600  # one shift
STREAM_ORIGINS = [f"http://{host}:{STREAMS_PORT}" for host in ("localhost", "127.0.0.1") if STREAMS_PORT]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "connect-src": [SELF, *STREAM_ORIGINS],
        "img-src": [SELF, "data:"],  # QR codes and form decorations
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Logging in: by user name, second factor and passkeys, no sign-up, locked out after five failures.
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "yilian.kernel.access.logins.PasswordBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "yilian.kernel.access.passwords.Argon2id",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "yilian.config.accounts.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {"login_failed": False}  # django-axes counts failures, for all processes alike
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers still insist on localhost
MFA_TOTP_ISSUER = "Yilian"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_VERBOSE = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("YILIAN_LOG", "WARNING")},
}
