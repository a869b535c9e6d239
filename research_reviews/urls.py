"""Public addresses of research_reviews that are no pages of Wagtail's."""

from django.urls import path

from research_reviews import views

app_name = "research_reviews"

urlpatterns = [
    path("people/<str:slug>/", views.person, name="person"),
]
