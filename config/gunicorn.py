"""How gunicorn serves the portal: a few workers with threads, none of which outlives its master."""

import ctypes
import os
import signal
from typing import Any

worker_class = "gthread"
workers = 2
threads = 4
preload_app = True
timeout = 120
graceful_timeout = 5
keepalive = 5
umask = 0o077
max_requests = 5000
max_requests_jitter = 500
MEMORY = "/dev/shm"  # noqa: S108 - gunicorn makes its own files there
worker_tmp_dir = MEMORY if os.access(MEMORY, os.W_OK) else None
accesslog = "-"
access_log_format = '%(h)s "%(r)s" %(s)s %(b)s %(L)ss'

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def post_fork(server: Any, worker: Any) -> None:
    """Ask the kernel to end this worker when the master is killed: its port must be free at once."""
    _libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != server.pid:
        os._exit(1)
