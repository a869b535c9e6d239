"""What is true of every site: its own cookies, and that it counts visits to sponsored pages without any."""

from django.db import migrations

PURPOSES = [
    {
        "slug": "necessary",
        "name": "Strictly necessary",
        "basis": "necessary",
        "explanation": "Without these the site could not remember what you decided here, and nobody could sign in.",
    },
    {
        "slug": "counting",
        "name": "Counting visits",
        "basis": "exempt",
        "explanation": "We count how often pages with a sponsor are opened, so that sponsors know what they pay for. "
        "Nothing is stored in your browser, and nothing about you is written down.",
    },
]
SERVICES = [
    {
        "slug": "privacy-choice",
        "name": "Your privacy choice",
        "purpose": "necessary",
        "what_it_loads": "Nothing. It remembers what you chose here. It is set only once you have chosen.",
        "cookies": [("consent", "Remembers your choice, with a random number that stands on our receipt of it",
                     "As long as a choice is kept")],
    },
    {
        "slug": "sign-in",
        "name": "Signing in",
        "purpose": "necessary",
        "what_it_loads": "Nothing. It is for the people who write this site. Readers do not get these cookies.",
        "cookies": [
            ("sessionid", "Keeps a member of the team signed in", "2 weeks"),
            ("csrftoken", "Protects the team's forms against other sites", "1 year"),
        ],
    },
    {
        "slug": "visit-counts",
        "name": "Visit counts",
        "purpose": "counting",
        "what_it_loads": "Nothing. Our own server adds one to the day's total of a page when the page is opened, "
        "and when a sponsor's link is followed.",
        "cookies": [],
    },
]


def make_services(apps, schema_editor):
    Purpose = apps.get_model("site_settings", "Purpose")
    Service = apps.get_model("site_settings", "Service")
    ServiceCookie = apps.get_model("site_settings", "ServiceCookie")
    purposes = {
        content["slug"]: Purpose.objects.create(sort_order=place, **content)
        for place, content in enumerate(PURPOSES, start=1)
    }
    for place, content in enumerate(SERVICES, start=1):
        values = {**content, "purpose": purposes[content["purpose"]]}
        cookies = values.pop("cookies")
        service = Service.objects.create(sort_order=place, provider="This site", **values)
        for number, (name, what_for, lifetime) in enumerate(cookies):
            ServiceCookie.objects.create(
                service=service, name=name, what_for=what_for, lifetime=lifetime, is_ours=True, sort_order=number
            )


class Migration(migrations.Migration):

    dependencies = [
        ("site_settings", "0002_privacy"),
    ]

    operations = [
        migrations.RunPython(make_services, migrations.RunPython.noop),
    ]
