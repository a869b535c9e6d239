"""What has to be done before the site can be served from a folder; what is done already is not done again."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

# Without characters that are taken for one another.
PASSWORD_CHARACTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # noqa: S105


class Command(BaseCommand):
    """`manage.py prepare`: can be interrupted at any point and run again."""

    help = (
        "Brings the database and the static files up to date. On a site without an administrator it also loads the "
        "demo site and makes the user admin, whose password it prints."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is left to do, saying so."""
        self.migrate()
        self.collect_static_files()
        if not get_user_model().objects.filter(is_superuser=True).exists():
            self.say("Loading the demo site.")
            call_command("load_demo", stdout=self.stdout)
            # Last, because its being there says that everything before it is done.
            self.make_admin()

    def migrate(self) -> None:
        """Bring the database up to date."""
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            self.say(f"Bringing the database up to date: {len(plan)} migrations.")
            call_command("migrate", interactive=False, verbosity=0)

    def collect_static_files(self) -> None:
        """Hash and compress the static files where one of them is new."""
        stamp = Path(settings.STATIC_ROOT).with_name("static.stamp")
        wanted = fingerprint_of_static_files()
        if stamp.exists() and stamp.read_text() == wanted:
            return
        self.say("Collecting the static files.")
        stamp.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(wanted)

    def make_admin(self) -> None:
        """Make the user admin. The password is shown before the user is kept, so that it cannot get lost."""
        password = "-".join("".join(secrets.choice(PASSWORD_CHARACTERS) for _ in range(4)) for _ in range(4))
        with transaction.atomic():
            get_user_model().objects.create_superuser(username="admin", email="admin@example.org", password=password)
            self.say(
                f"\n  Sign in at /admin/ as admin with the password {password}\n"
                "  It is shown this once; `.venv/bin/python manage.py changepassword admin` sets another.\n"
            )

    def say(self, line: str) -> None:
        """Tell what happens, at once."""
        self.stdout.write(line)
        self.stdout.flush()


def fingerprint_of_static_files() -> str:
    """Return a text that differs wherever a static file, or what processes them, does."""
    digest = hashlib.sha256((settings.BASE_DIR / "requirements" / "base.txt").read_bytes())
    digest.update((settings.BASE_DIR / "core" / "storage.py").read_bytes())
    digest.update(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}\n".encode())
    return digest.hexdigest()
