"""Where harvesters ask."""

from django.urls import path

from syndication.oai import views

urlpatterns = [
    path("oai", views.harvest, name="oai"),
    # As some write it. A redirect would lose what was posted.
    path("oai/", views.harvest),
    path("oai/csl.xsd", views.csl_schema, name="oai_csl_schema"),
]
