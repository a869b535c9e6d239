"""Subscribers and what they agreed to, mailings and their deliveries, and the settings."""

from subscriptions.models.mailings import Delivery, Mailing
from subscriptions.models.settings import SubscriptionSettings
from subscriptions.models.subscribers import ConsentRecord, Subscriber, Suppression

__all__ = ["ConsentRecord", "Delivery", "Mailing", "Subscriber", "SubscriptionSettings", "Suppression"]
