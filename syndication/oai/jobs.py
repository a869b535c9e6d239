"""What the worker does for harvesters: what is left to settle, and once an hour a look for what nobody noted."""

from core.schedule import register_hourly, register_steady
from syndication.oai.keeping import settle
from syndication.oai.reconciling import reconcile

register_steady(settle)
register_hourly(reconcile)
