"""Public addresses of subscriptions."""

from django.urls import path

from subscriptions import link_views, preferences, views

app_name = "subscriptions"

urlpatterns = [
    path("subscribe/", views.SubscribeView.as_view(), name="subscribe"),
    path("subscribe/inbox/", views.inbox, name="inbox"),
    path("subscribe/confirm/<str:token>/", link_views.ConfirmView.as_view(), name="confirm"),
    path("subscribe/new-address/<str:token>/", link_views.NewAddressView.as_view(), name="new_address"),
    path("subscribe/preferences/<str:token>/", preferences.PreferencesView.as_view(), name="preferences"),
    path("subscribe/unsubscribe/<str:token>/", link_views.UnsubscribeView.as_view(), name="unsubscribe"),
]
