"""Members of the editorial team."""

from __future__ import annotations

from typing import Any

import factory
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from tests.factories.models import ModelFactory
from users.models import User

PASSWORD = "a long password for tests"


class UserFactory(ModelFactory):
    """A user with a role of core.roles: `UserFactory(role=EDITOR)`. Their password is PASSWORD.

    The roles' permissions come by migration, so a test that needs them must not empty the database.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        superuser = factory.Trait(is_staff=True, is_superuser=True)

    username = factory.Sequence(lambda number: f"user{number}")
    email: Any = factory.LazyAttribute(lambda user: f"{user.username}@team.example")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))

    @factory.post_generation
    def role(self: User, create: bool, extracted: str | None) -> None:
        """Put the user into the role's group."""
        if extracted:
            self.groups.add(Group.objects.get_or_create(name=extracted)[0])
