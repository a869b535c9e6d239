"""The report as files to take away."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from core.roles import SITE_OWNER
from sponsors.models import Sponsorship
from tests.factories import (
    CountedPageFactory,
    DailyCountFactory,
    SponsorFactory,
    SponsorshipFactory,
    UserFactory,
)

LIST = "/admin/reports/sponsorships/"
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\uff1d1"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Client:
    """The owner's browser."""
    client = Client()
    client.force_login(UserFactory(role=SITE_OWNER))
    return client


@pytest.fixture
def sponsorship() -> Sponsorship:
    """A sponsorship that was counted on two pages in two weeks of November."""
    sponsorship = SponsorshipFactory(
        sponsor=SponsorFactory(name="Tern Trust"), starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 15)
    )
    first, second = CountedPageFactory(title="The first night, indoors"), CountedPageFactory(title="Ölüm ve yaşam")
    DailyCountFactory(sponsorship=sponsorship, page=first, day=date(2026, 11, 3), views=1000, clicks=15)
    DailyCountFactory(sponsorship=sponsorship, page=first, day=date(2026, 11, 10), views=300, clicks=0)
    DailyCountFactory(sponsorship=sponsorship, page=second, day=date(2026, 11, 11), views=7, clicks=1)
    return sponsorship


def rows(client: Client, address: str) -> list[list[str]]:
    response = client.get(address)
    assert response["Content-Type"] == "text/csv"
    return list(csv.reader(StringIO(response.getvalue().decode())))


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "weeks",
            [
                ["Week from Monday", "Page views", "Clicks", "Clicks per 100 views"],
                ["2026-11-02", "1000", "15", "1.5"],
                ["2026-11-09", "307", "1", "0.33"],
            ],
        ),
        (
            "pages",
            [
                ["Page", "Page views", "Clicks", "Clicks per 100 views"],
                ["The first night, indoors", "1300", "15", "1.15"],
                ["Ölüm ve yaşam", "7", "1", "14.29"],
            ],
        ),
        (
            "weeks-and-pages",
            [
                ["Week from Monday", "Page", "Page views", "Clicks", "Clicks per 100 views"],
                ["2026-11-02", "The first night, indoors", "1000", "15", "1.5"],
                ["2026-11-09", "The first night, indoors", "300", "0", "0.0"],
                ["2026-11-09", "Ölüm ve yaşam", "7", "1", "14.29"],
            ],
        ),
    ],
)
def test_each_table_is_a_csv_file(
    owner: Client, sponsorship: Sponsorship, table: str, expected: list[list[str]]
) -> None:
    assert rows(owner, f"{LIST}{sponsorship.pk}/?table={table}&export=csv") == expected


def test_a_file_holds_the_days_that_are_shown_and_names_them(owner: Client, sponsorship: Sponsorship) -> None:
    address = f"{LIST}{sponsorship.pk}/?first=2026-11-09&last=2026-11-10&table=pages&export=csv"

    assert rows(owner, address)[1:] == [["The first night, indoors", "300", "0", "0.0"]]
    name = 'filename="tern-trust-pages-2026-11-09-2026-11-10.csv"'
    assert name in owner.get(address)["Content-Disposition"]


def test_an_xlsx_file_holds_numbers_as_numbers_and_days_as_days(owner: Client, sponsorship: Sponsorship) -> None:
    response = owner.get(f"{LIST}{sponsorship.pk}/?table=weeks&export=xlsx")
    sheet = load_workbook(BytesIO(response.getvalue())).active

    heading, first, *_rest = sheet.iter_rows(values_only=True)
    assert heading[1:3] == ("Page views", "Clicks")
    assert first == (date(2026, 11, 2), 1000, 15, 1.5)


@pytest.mark.parametrize("title", FORMULAS)
def test_no_title_is_run_as_a_formula(owner: Client, sponsorship: Sponsorship, title: str) -> None:
    DailyCountFactory(sponsorship=sponsorship, page=CountedPageFactory(title=title), day=date(2026, 11, 3), views=9999)
    address = f"{LIST}{sponsorship.pk}/?table=pages&export="

    assert rows(owner, f"{address}csv")[1][0] == f"'{title}"
    sheet = load_workbook(BytesIO(owner.get(f"{address}xlsx").getvalue())).active
    assert {cell.data_type for cell in sheet["A"]} == {"s"}


def test_the_list_is_a_file_as_well(owner: Client, sponsorship: Sponsorship) -> None:
    SponsorFactory(name="=cmd()").sponsorships.create(starts_on=date(2026, 12, 1))

    assert rows(owner, f"{LIST}?export=csv") == [
        ["Sponsor", "What is sponsored", "First day", "Last day", "Page views", "Clicks", "Clicks per 100 views"],
        ["'=cmd()", "the whole site", "2026-12-01", "", "0", "0", ""],
        ["Tern Trust", "the whole site", "2026-11-02", "2026-11-15", "1307", "16", "1.22"],
    ]


def test_a_file_that_there_is_not_is_the_page(owner: Client, sponsorship: Sponsorship) -> None:
    response = owner.get(f"{LIST}{sponsorship.pk}/?table=nonsense&export=csv")

    assert response["Content-Type"].startswith("text/html")
