"""Public addresses of the privacy preference centre."""

from django.urls import path

from site_settings import views

app_name = "site_settings"

urlpatterns = [
    path("privacy/preferences/", views.PrivacyPreferencesView.as_view(), name="privacy_preferences"),
    path(".well-known/gpc.json", views.global_privacy_control, name="gpc"),
]
