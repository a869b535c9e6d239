"""Workers that start within milliseconds, for a test that kills many: forked from a process that has Django loaded.

`python -m tests.subscriptions.nursery` starts a worker for each line that it reads and answers with its process id.
"""

from __future__ import annotations

import os
import signal
import sys

import django


def main() -> None:
    """Start workers until nobody asks for more."""
    django.setup()
    from core.management.commands.work import ScheduledWorker

    # Nobody waits for those that were killed.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _line in sys.stdin:
        if pid := os.fork():
            sys.stdout.write(f"{pid}\n")
            sys.stdout.flush()
        else:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            ScheduledWorker().run()
            os._exit(0)


if __name__ == "__main__":
    main()
