"""Settings of the tests: the owner role, bound by forced row security like anybody; files in a place of their own."""

import os
import re
import tempfile
from pathlib import Path

os.environ["PORTAL_DATABASE_ROLE"] = "owner"

from config.settings import *  # noqa: F403
from config.settings import CACHES, DATABASES

DATABASES["default"]["CONN_MAX_AGE"] = 0
if _suffix := os.environ.get("PYTEST_DB_SUFFIX"):
    DATABASES["default"]["TEST"] = {"NAME": f"test_portal_{_suffix}"}
# Each process of a run has a cache of its own: tests empty it.
_process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
_kept_at = str(CACHES["default"]["LOCATION"])
CACHES["default"]["LOCATION"] = re.sub(r"(?<=db=)\d+$|(?<=/)\d+$", str(_process), _kept_at)
PRIVATE_ROOT = Path(tempfile.mkdtemp(prefix="portal-test-files-"))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# A test's own transaction is never committed, so that no edition tells of what it wrote.
KEEP_PAGES = KEEP_FIGURES = False
