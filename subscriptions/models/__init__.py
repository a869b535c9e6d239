"""Subscribers and what they agreed to, mailings and their deliveries, and the settings."""

from subscriptions.models.imports import SubscriberImport
from subscriptions.models.mailings import Delivery, Mailing
from subscriptions.models.settings import SubscriptionSettings
from subscriptions.models.subscribers import AskedAddress, ConsentRecord, PastGrowth, Subscriber, Suppression

__all__ = [
    "AskedAddress",
    "ConsentRecord",
    "Delivery",
    "Mailing",
    "PastGrowth",
    "Subscriber",
    "SubscriberImport",
    "SubscriptionSettings",
    "Suppression",
]
