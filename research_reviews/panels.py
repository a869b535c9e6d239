"""The editors of pages, studies, people and audiences: tabs and fields in the order of the work."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagWidget
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    PageChooserPanel,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)

from core.checks_panel import EditorChecksPanel
from core.editor_panels import TAB_HEADING, EditorPanels
from core.models import BasePage
from research_reviews.forms import AudienceForm, ReviewPageForm
from research_reviews.handles import HANDLE_FIELDS
from research_reviews.study_form import StudyForm
from research_reviews.study_panels import CreditAuthorsPanel, LookedUpField, LookUpPanel

LISTS = _("Lists and search")
SETTINGS = _("Settings")
MOST_CHOSEN = 3


def page_tabs(*tabs: ObjectList) -> list[ObjectList]:
    """Return the tabs, followed by those that every page type has."""
    return [*tabs, ObjectList(BasePage.promote_panels, LISTS), ObjectList(BasePage.settings_panels, SETTINGS)]


def review() -> Panel:
    """The editor of a review: choose the study, write the review, look it over."""
    study = ObjectList(
        [
            TitleFieldPanel("title", help_text=_("The headline of the review, not the title of the study.")),
            MultiFieldPanel(
                [
                    MultipleChooserPanel(
                        "review_studies",
                        chooser_field_name="study",
                        panels=[FieldPanel("study")],
                        heading=_("Studies"),
                        label=_("study"),
                        help_text=_(
                            "What the review is about. A study that is not in the library yet can be made here."
                        ),
                    ),
                    FieldPanel("no_study_reason"),
                ],
                _("What is reviewed"),
                icon="study",
            ),
            MultiFieldPanel(
                [
                    FieldPanel("topic", widget=forms.Select),
                    FieldPanel("other_topics", widget=forms.CheckboxSelectMultiple),
                    # Wagtail's own widget puts an input without a name beside the one that is labelled.
                    FieldPanel("tags", widget=TagWidget),
                ],
                _("Where readers find it"),
                icon="tag",
            ),
        ],
        _("Study"),
    )
    text = ObjectList(
        [
            FieldPanel("standfirst"),
            FieldPanel("header_image"),
            FieldPanel("credits"),
            CreditAuthorsPanel(),
            FieldPanel("key_messages"),
            FieldPanel("body"),
        ],
        _("Review"),
    )
    last = ObjectList(
        [
            EditorChecksPanel(),
            FieldPanel("interests"),
            MultiFieldPanel([FieldPanel("published_on"), FieldPanel("responses_open")], _("Publication"), icon="date"),
            MultipleChooserPanel(
                "chosen_reviews",
                chooser_field_name="chosen",
                panels=[PageChooserPanel("chosen")],
                max_num=MOST_CHOSEN,
                heading=_("Related reviews"),
                label=_("review"),
                icon="review",
                help_text=_(
                    "Up to three reviews that readers should go on to. Places that you leave empty are filled with the "
                    "nearest ones, by study, topics, people, audiences and words, when the review is published. One "
                    "that is not published is left out until it is."
                ),
            ),
        ],
        _("Before publishing"),
    )
    readers = ObjectList([EditorPanels()], TAB_HEADING)
    return TabbedInterface(page_tabs(study, text, last, readers), base_form_class=ReviewPageForm)


def index_page() -> Panel:
    """The editor of a list of reviews or topics."""
    return TabbedInterface(page_tabs(ObjectList([TitleFieldPanel("title"), FieldPanel("introduction")], _("Page"))))


def topic() -> Panel:
    """The editor of a topic."""
    panels = [TitleFieldPanel("title"), FieldPanel("introduction"), FieldPanel("image")]
    return TabbedInterface(page_tabs(ObjectList(panels, _("Topic"))))


def study() -> Panel:
    """The editor of a study."""
    what = ObjectList(
        [
            LookUpPanel(),
            MultiFieldPanel(
                [LookedUpField("title"), LookedUpField("subtitle"), FieldPanel("study_type")], _("Study"), icon="study"
            ),
            MultiFieldPanel(
                [
                    LookedUpField("container"),
                    LookedUpField("publisher"),
                    FieldRowPanel([LookedUpField("volume"), LookedUpField("issue"), LookedUpField("pages")]),
                    FieldRowPanel(
                        [
                            LookedUpField("publication_year"),
                            LookedUpField("publication_month"),
                            LookedUpField("publication_day"),
                        ],
                        _("Date of publication"),
                        help_text=_("As exact as it is known: the year alone will do."),
                    ),
                ],
                _("Where and when it appeared"),
                icon="date",
            ),
            MultiFieldPanel(
                [LookedUpField("doi"), LookedUpField("url"), FieldPanel("no_link_reason")], _("Link"), icon="link"
            ),
        ],
        _("What it is"),
    )
    how = ObjectList(
        [
            *(FieldPanel(name) for name in ("method", "sample", "setting", "country", "data_collection")),
            *(FieldPanel(name) for name in ("comparator", "lived_experience", "limitations")),
        ],
        _("How it was done"),
    )
    who = ObjectList(
        [
            MultipleChooserPanel(
                "study_authors",
                chooser_field_name="person",
                panels=[FieldPanel("person")],
                heading=_("Authors"),
                label=_("author"),
                help_text=_("In the study's own order: people or organisations."),
            ),
            InlinePanel(
                "funders",
                [FieldPanel("name"), FieldRowPanel([FieldPanel("ror"), FieldPanel("award")])],
                heading=_("Funders"),
                label=_("funder"),
            ),
            FieldPanel("competing_interests"),
        ],
        _("Authors and funders"),
    )
    access = ObjectList(
        [
            MultiFieldPanel(
                [LookedUpField("access"), LookedUpField("licence"), LookedUpField("registration")], _("Access")
            ),
            MultiFieldPanel(
                [
                    FieldPanel(name, read_only=True)
                    for name in ("retraction_status", "retraction_source", "retraction_checked_at")
                ],
                _("Notices"),
                icon="warning",
                help_text=_("What the publisher has since said of the study. Looked up, never typed."),
            ),
        ],
        _("Access and notices"),
    )
    return TabbedInterface([what, how, who, access], base_form_class=StudyForm)


def person() -> Panel:
    """The editor of a person or organisation."""
    name = MultiFieldPanel(
        [
            FieldPanel("name"),
            FieldPanel("is_organisation"),
            FieldRowPanel([FieldPanel("given_name"), FieldPanel("family_name")]),
            FieldPanel("affiliation"),
            FieldPanel("orcid"),
        ],
        _("Name"),
        icon="user",
    )
    profile = MultiFieldPanel(
        [FieldPanel("photo"), FieldPanel("bio"), FieldPanel("website"), FieldPanel("slug")], _("Profile")
    )
    handles = MultiFieldPanel([FieldPanel(handle) for handle in HANDLE_FIELDS], _("Handles"), icon="link")
    return ObjectList([name, profile, handles])


def audience() -> Panel:
    """The editor of an audience."""
    panels = [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldPanel("slug", help_text=_("Left empty, it is made from the name.")),
    ]
    return ObjectList(panels, base_form_class=AudienceForm)
