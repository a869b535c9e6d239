"""Public addresses of the privacy preference centre."""

from django.urls import URLPattern

app_name = "site_settings"

urlpatterns: list[URLPattern] = []
