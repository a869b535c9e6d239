"""How Wagtail manages the team."""

from wagtail.users.apps import WagtailUsersAppConfig


class TeamConfig(WagtailUsersAppConfig):
    """Wagtail's users app with our views."""

    user_viewset = "users.viewsets.TeamViewSet"
