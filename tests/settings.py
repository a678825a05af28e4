"""The settings of the application, over a folder of its own that vanishes with the test run."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# A developer's own installation must not leak into the tests, nor the tests into it
for _name in [
    name for name in os.environ if name.startswith("YHDYSPINTA_") and not name.startswith("YHDYSPINTA_TEST_")
]:
    del os.environ[_name]
# One folder for a run and in it one for each xdist worker: workers are ended abruptly and could not remove theirs
if "YHDYSPINTA_TEST_FOLDER" not in os.environ:
    os.environ["YHDYSPINTA_TEST_FOLDER"] = tempfile.mkdtemp(prefix="yhdyspinta-test-")
    atexit.register(shutil.rmtree, os.environ["YHDYSPINTA_TEST_FOLDER"], ignore_errors=True)
_folder = Path(os.environ["YHDYSPINTA_TEST_FOLDER"]) / str(os.getpid())
os.environ["YHDYSPINTA_DATA"] = str(_folder / "data")
os.environ["YHDYSPINTA_HOSTS"] = "localhost,testserver"

# Playwright's synchronous API runs an event loop in the tests' thread; Django would refuse the database there
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from tests.support import postgres  # noqa: E402
from yhdyspinta.web import environment  # noqa: E402
from yhdyspinta.web.settings import *  # noqa: E402, F403
from yhdyspinta.web.settings import DATABASES, INSTALLED_APPS, STATIC_ROOT, STORAGES  # noqa: E402

if postgres.WANTED:
    os.environ["YHDYSPINTA_DATABASE"] = postgres.address()
    DATABASES["default"] = environment.database(_folder)
    DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
else:
    # A file, not memory: the browser's server and the races of the tests are threads with connections of their own
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA recursive_triggers=ON;"
    )
DATABASES["default"]["CONN_MAX_AGE"] = 0

INSTALLED_APPS += ["tests.support"]  # its `flush` may empty what the journal's triggers guard
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the cast signs in often
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
