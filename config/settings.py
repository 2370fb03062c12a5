"""Settings, read from the environment alone; without one, the embedded services of `.portal` are assumed."""

from pathlib import Path
from urllib.parse import unquote

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DATA_DIR = Path(env.str("PORTAL_DATA", default=str(BASE_DIR / ".portal")))
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="unsafe-outside-a-checkout-" + "0" * 40)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PORTAL_BASE_URL = env.str("PORTAL_BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
HTTPS = env.bool("PORTAL_HTTPS", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "csp",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "accounts",
    "files",
    "workflow",
    "notifications",
    "registry",
    "indicators",
    "applications",
    "reviews",
    "portal",
]

MIDDLEWARE = [
    "accounts.proxies.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.policy.PolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "registry.kept.KeptPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.nulls.NullCharactersMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.AccessLogMiddleware",
    "accounts.middleware.ScopeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SignInRequiredMiddleware",
]

UNSCOPED_PATHS = {"/healthz", "/readyz"}
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "config.context.site",
                "config.context.sections",
                "config.context.display",
                "accounts.context.actor",
            ],
            "libraries": {"i18n": "config.tags.i18n"},
            "builtins": ["config.tags.addresses", "accounts.templatetags.names"],
        },
    }
]
# config.tags.i18n stands in for Django's library of that name on purpose.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]
FORM_RENDERER = "config.forms.PortalRenderer"

# -- Database: the serving role by default, the owner for migrations and tests -------------------
DATABASE_ROLE = env.str("PORTAL_DATABASE_ROLE", default="web")
_url = "DATABASE_OWNER_URL" if DATABASE_ROLE == "owner" else "DATABASE_URL"
DATABASES = {"default": env.db_url(_url, default=f"postgres://portal_{DATABASE_ROLE}@localhost/portal")}
DATABASES["default"]["HOST"] = unquote(str(DATABASES["default"].get("HOST", "")))
DATABASES["default"]["ENGINE"] = "config.database"
# One transaction around each request, with its row scope: accounts.middleware.ScopeMiddleware.
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- Broker and cache ---------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=REDIS_URL.replace("unix://", "redis+socket://"))
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 15}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE = {
    "deliver-what-is-due": {"task": "workflow.tasks.deliver_due", "schedule": 5.0, "options": {"expires": 5}},
    "sweep-files": {"task": "files.tasks.sweep", "schedule": 3600.0, "options": {"expires": 600}},
    "scan-what-waits": {"task": "applications.tasks.scan_waiting", "schedule": 300.0, "options": {"expires": 60}},
    "remind-of-recognition": {
        "task": "applications.tasks.remind_of_recognition",
        "schedule": 3600.0,
        "options": {"expires": 600},
    },
    "open-returns": {"task": "indicators.tasks.open_returns", "schedule": 3600.0, "options": {"expires": 600}},
    "remind-of-ledgers": {
        "task": "indicators.tasks.remind_of_ledgers",
        "schedule": 3600.0,
        "options": {"expires": 600},
    },
    "compute-years": {"task": "indicators.tasks.compute_runs", "schedule": 10.0, "options": {"expires": 10}},
    "remind-of-due-dates": {"task": "workflow.tasks.remind", "schedule": 60.0, "options": {"expires": 60}},
    "sweep-desk": {"task": "portal.tasks.sweep_desk", "schedule": 10.0, "options": {"expires": 10}},
    "gather-mail": {"task": "notifications.tasks.gather_mail", "schedule": 30.0, "options": {"expires": 30}},
}
_redis_cache_url = REDIS_URL.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _redis_cache_url,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    },
}
# Public pages, and what is counted over the whole register, are kept until something public changes.
KEEP_PAGES = env.bool("KEEP_PAGES", default=True)
KEEP_FIGURES = env.bool("KEEP_FIGURES", default=True)

# -- People -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["accounts.backends.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,20/m/ip"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm"}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# -- Sessions, cookies, headers -----------------------------------------------------------------
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# How many proxies of the operator's own stand before the portal and append to X-Forwarded-For.
PORTAL_PROXIES = env.int("PORTAL_PROXIES", default=0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# -- Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "names"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]

# -- Files --------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "staticfiles"
WHITENOISE_USE_FINDERS = env.bool("WHITENOISE_USE_FINDERS", default=not STATIC_ROOT.exists())
PRIVATE_ROOT = Path(env.str("PORTAL_FILES", default=str(DATA_DIR / "files")))
FONTS_DIR = Path(env.str("PORTAL_FONTS", default=str(BASE_DIR / ".portal" / "fonts")))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
_MIB = 1024 * 1024
UPLOAD_LIMIT_BYTES = env.int("UPLOAD_LIMIT_BYTES", default=500 * _MIB)
UPLOAD_LIMIT_PIXELS = env.int("UPLOAD_LIMIT_PIXELS", default=60_000_000)
UPLOAD_QUOTA_FILING_BYTES = env.int("UPLOAD_QUOTA_FILING_BYTES", default=4096 * _MIB)
UPLOAD_QUOTA_ORGANISATION_BYTES = env.int("UPLOAD_QUOTA_ORGANISATION_BYTES", default=40_960 * _MIB)
UPLOAD_PIECE_BYTES = env.int("UPLOAD_PIECE_BYTES", default=4 * _MIB)
UPLOAD_KEPT_HOURS = env.int("UPLOAD_KEPT_HOURS", default=168)
UPLOAD_ORPHAN_HOURS = env.int("UPLOAD_ORPHAN_HOURS", default=24)
UPLOAD_RESERVE_BYTES = env.int("UPLOAD_RESERVE_BYTES", default=64 * _MIB)
SCANNER = env.str("PORTAL_SCANNER", default="")
SCANNER_SECONDS = env.int("PORTAL_SCANNER_SECONDS", default=120)

# -- Mail ---------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default=f"filemail:///{DATA_DIR}/mail")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")

# -- API ----------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "创园开放接口",
    "DESCRIPTION": "园区名录、城市与公文核验的公开数据接口，无需登录；年度统计报表的读写须用本人的接口令牌。",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
}

# -- The site, as a government site has to name itself ---------------------------------------------
SITE = {
    "name": env.str("SITE_NAME", default="创园"),
    "owner": env.str("SITE_OWNER", default=""),
    "operator": env.str("SITE_OPERATOR", default=""),
    "contact": env.str("SITE_CONTACT", default=""),
    "identifier": env.str("SITE_IDENTIFIER", default=""),
    "icp": env.str("SITE_ICP", default=""),
    "map_review_number": env.str("MAP_REVIEW_NUMBER", default=""),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
