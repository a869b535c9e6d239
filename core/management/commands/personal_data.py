"""Exports or erases all that the site keeps of an e-mail address."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import validate_email

from core import personal_data


class Command(BaseCommand):
    """`manage.py personal_data export EMAIL` writes JSON; `... erase EMAIL` erases, after a question."""

    help = "Export (as JSON) or erase everything that the site keeps of an e-mail address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do and with which address."""
        parser.add_argument("action", choices=["export", "erase"])
        parser.add_argument("email")
        parser.add_argument("--no-input", action="store_true", help="Erase without asking first.")

    def handle(self, *args: Any, action: str, email: str, no_input: bool, **options: Any) -> None:
        """Do it. Raises CommandError for what is no address."""
        try:
            validate_email(email.strip())
        except ValidationError:
            raise CommandError(f"“{email}” is no e-mail address.") from None
        if action == "export":
            found = personal_data.export(email)
            self.stdout.write(json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        elif no_input or self.is_wanted(email):
            erased = personal_data.erase(email)
            for heading, number in erased.items():
                self.stdout.write(f"{heading}: {number} erased.")
            if not erased:
                self.stdout.write("There was nothing to erase.")

    def is_wanted(self, email: str) -> bool:
        """Ask, showing how much there is."""
        for heading, records in personal_data.export(email).items():
            self.stdout.write(f"{heading}: {len(records)}")
        return input(f"Erase all of {email}? It cannot be undone. Type “erase”: ").strip() == "erase"
