"""Public addresses of the sponsors."""

from django.urls import path

from sponsors import views

app_name = "sponsors"

urlpatterns = [
    path("sponsors/", views.ledger_page, name="ledger"),
    path("sponsors/visit/<int:pk>/", views.visit, name="visit"),
]
