"""How gunicorn serves the site: `gunicorn --config deploy/gunicorn.conf.py`. The environment may say otherwise.

Threads hold connections open between requests, and one worker more than cores keeps them busy: the fastest of
what was measured. A reader on a slow line occupies a thread, not a worker.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gunicorn.arbiter import Arbiter

chdir = str(Path(__file__).resolve().parent.parent)
wsgi_app = "config.wsgi:application"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or (os.cpu_count() or 1) + 1)
threads = int(os.environ.get("WEB_THREADS") or 4)
# The code is loaded once and shared: workers start at once and take less memory.
preload_app = True

timeout = 30
graceful_timeout = 30
keepalive = 5
# A heartbeat written to a slow disk would look like a hanging worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True

# Requests are logged by the proxy where there is one; errors go where the site's own log goes.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "info").lower()


def when_ready(server: Arbiter) -> None:
    """Serve nothing that an earlier start rendered: code, settings or dependencies may have changed."""
    from core.page_cache import begin_generation

    try:
        begin_generation()
    except Exception as error:
        server.log.warning("The cache is away at the start: %s", error)
