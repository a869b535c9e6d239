"""The worker: does the tasks that requests leave behind, and what is due by the clock (core.schedule)."""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from core.schedule import act_on_schedule, did_steady_work, do_hourly_jobs, do_jobs_of_the_round

SECONDS_BETWEEN_ROUNDS = 30
SECONDS_BETWEEN_LOOKS = 1
SECONDS_OF_TASKS = 5
SECONDS_BETWEEN_HOURLY_JOBS = 60 * 60
# No task of ours takes as long. One that still runs then was left behind by a worker that was killed.
LONGEST_TASK = timedelta(minutes=10)
# A task that was left behind this often probably kills its workers.
MOST_ATTEMPTS = 3

logger = logging.getLogger(__name__)


class ScheduledWorker(Worker):
    """django-tasks-db's worker, which also looks at the clock. Several can run side by side."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"],
            interval=SECONDS_BETWEEN_LOOKS,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        self.next_round = self.next_hourly = 0.0

    def run(self) -> None:
        """Work until told to stop. A database that is away is waited for."""
        while self.running:
            try:
                if time.monotonic() >= self.next_round:
                    self.make_round()
                did_something = self.did_tasks()
                did_something |= self.running and self.did_steady_work()
                if not did_something and self.running:
                    time.sleep(SECONDS_BETWEEN_LOOKS)
            except Error:
                logger.exception("The database does not answer. Next try in %s seconds.", SECONDS_BETWEEN_ROUNDS)
                close_old_connections()
                time.sleep(SECONDS_BETWEEN_ROUNDS)

    def did_tasks(self) -> bool:
        """Do what waits, for a few seconds, so that readers' mails do not wait behind each piece of a long work."""
        end = time.monotonic() + SECONDS_OF_TASKS
        did_some = False
        while self.running and time.monotonic() < end and self.did_a_task():
            did_some = True
        return did_some

    def did_a_task(self) -> bool:
        """Do the next task. Returns whether there was one."""
        self._run_tasks = 0
        super().run()
        return self._run_tasks > 0

    def did_steady_work(self) -> bool:
        """Do a piece of each long work. Returns whether there was something to do."""
        self.running_task = True
        try:
            return did_steady_work()
        finally:
            self.running_task = False

    def make_round(self) -> None:
        """Do what is due by the clock. A signal to stop waits for its end, as it does for a task's."""
        self.running_task = True
        try:
            close_old_connections()
            act_on_schedule()
            put_back_abandoned_tasks()
            do_jobs_of_the_round()
            if time.monotonic() >= self.next_hourly:
                call_command("prune_db_task_results", verbosity=0)
                do_hourly_jobs()
                self.next_hourly = time.monotonic() + SECONDS_BETWEEN_HOURLY_JOBS
        finally:
            self.running_task = False
            self.next_round = time.monotonic() + SECONDS_BETWEEN_ROUNDS


def put_back_abandoned_tasks() -> None:
    """Let tasks whose worker was killed be done by another, three times at most."""
    abandoned = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LONGEST_TASK)
    for task in abandoned:
        # Only the row as it was read: another worker may have put it back, and a third begun it.
        row = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
        if len(task.worker_ids) < MOST_ATTEMPTS:
            row.update(status=TaskResultStatus.READY, started_at=None)
            logger.warning("Task %s (%s) was left behind by its worker. It is done again.", task.pk, task.task_path)
        elif row.update(status=TaskResultStatus.FAILED, finished_at=timezone.now()):
            logger.error("Task %s (%s) was left behind %s times.", task.pk, task.task_path, MOST_ATTEMPTS)


class Command(BaseCommand):
    """`manage.py work`: runs until SIGTERM or Ctrl+C, and ends what it is doing first."""

    help = "Does background tasks, and publishes and takes down pages at their time. Several can run."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop."""
        # It tells of every look at an empty queue, and of a stop as if to somebody at the keyboard.
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
        worker = ScheduledWorker()
        worker.configure_signals()
        worker.run()
