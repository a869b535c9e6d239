"""What the forms of subscriptions leave to the worker, so that no answer depends on whose address it is."""

from __future__ import annotations

from typing import Any

from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core.schedule import register_each_round


@task()
def take_wish(packed: dict[str, Any]) -> None:
    """Look the address up, write down what was asked for, and send what is due to it."""
    from subscriptions import joining
    from subscriptions.wishes import Wish

    joining.take(Wish.unpacked(packed))


@task()
def send_new_address(subscriber_id: int) -> None:
    """Ask at a subscriber's new address whether it is theirs."""
    from subscriptions import moving

    moving.send(subscriber_id)


@register_each_round
def forget_wishes() -> None:
    """Delete tasks that are done: they hold addresses, also of people who never confirm."""
    done = DBTaskResult.objects.filter(task_path=take_wish.module_path)
    done.filter(status__in=[TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED]).delete()
