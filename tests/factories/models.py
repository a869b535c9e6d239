"""The base of the factories of models that are no pages."""

from __future__ import annotations

from typing import Any

import factory

# Calling a factory makes a model's instance, which the type checker cannot see: without a type, it asks no more.
ModelFactory: Any = factory.django.DjangoModelFactory
