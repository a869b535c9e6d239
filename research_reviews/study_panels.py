"""What the editors of studies and reviews show of looking up: the question, the sources of fields, the authors."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from research_reviews.study_sources import Decision, Found, shown, source_line

LOOK_UP_FIELDS = [
    *("lookup_query", "lookup_text", "lookup_file", "lookup_found"),
    *("lookup_add_authors", "lookup_authors", "lookup_add_funders", "lookup_funders"),
]


class LookUpPanel(Panel):
    """Asks for a DOI or a reference, and shows what was found."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Look up"), "icon": "search", **kwargs})

    @property
    def clean_name(self) -> str:
        """The name in the panel's ids."""
        return "look_up"

    def get_form_options(self) -> dict[str, Any]:
        """Name the fields that the panel shows itself: others are put at the end of the form."""
        return {"fields": LOOK_UP_FIELDS}

    class BoundPanel(Panel.BoundPanel):
        """The panel in the form of one study."""

        template_name = "research_reviews/admin/look_up.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the question's fields, and the outcome where one was asked."""
            from research_reviews.study_admin import outcome_context

            context = super().get_context_data(parent_context)
            query = {"study": self.instance.pk} if self.instance.pk else {}
            url = reverse("look_up_study", query=query)
            return {**context, "form": self.form, "url": url, **outcome_context(self.form, self.request)}

        @property
        def media(self) -> Media:
            """The panel's behaviour and look."""
            script = Script("js/look-up.js", type="module")
            return Media(js=[script], css={"all": ["css/admin/look-up.css"]})  # type: ignore[list-item]


class LookedUpField(FieldPanel):
    """A field with who said what it holds, and what was found where that differs."""

    class BoundPanel(FieldPanel.BoundPanel):
        """The field in the form of one study."""

        template_name = "research_reviews/admin/looked_up_field.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the source, and the offer."""
            context = super().get_context_data(parent_context)
            found, decision = self.form.found, self.form.decision
            line = source_lines(found, decision).get(self.field_name, "") if found else ""
            stored = source_line(self.instance.field_sources.get(self.field_name))
            offer = offers(found, decision).get(self.field_name, "")
            return {**context, "source": line or stored, "offer": offer, "name": self.field_name}


def source_lines(found: Found | None, decision: Decision) -> dict[str, str]:
    """Return for each field that holds what was found who said it."""
    if not found:
        return {}
    names = [*decision.same, *decision.fills]
    return {name: source_line(found.entry(name)) for name in names if name in found.values}


def offers(found: Found | None, decision: Decision) -> dict[str, str]:
    """Return for each field in which the editor's value stays the HTML that offers what was found."""
    if not found:
        return {}
    return {group[0]: offer_html(found, group) for group in decision.offers}


def offer_html(found: Found, group: tuple[str, ...]) -> str:
    """Return the HTML that offers what was found for fields that go together."""
    from research_reviews.models import Study
    from research_reviews.study_look_up import label

    source = next((found.sources[name] for name in group if name in found.sources), "")
    context = {
        "name": group[0],
        "label": label(group),
        "source": source,
        "value": shown(group, found.values, {str(key): str(name) for key, name in Study.Access.choices}),
        "values": {name: found.values.get(name, "") for name in group},
    }
    return render_to_string("research_reviews/admin/look_up_offer.html", context)


class CreditAuthorsPanel(Panel):
    """Names the authors of the chosen studies in the review's credits, at one press."""

    @property
    def clean_name(self) -> str:
        """The name in the panel's ids."""
        return "credit_authors"

    class BoundPanel(Panel.BoundPanel):
        """The button in the editor of one review."""

        template_name = "research_reviews/admin/credit_authors.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add where the authors are asked for."""
            return {**super().get_context_data(parent_context), "url": reverse("study_credits")}

        @property
        def media(self) -> Media:
            """The button's behaviour and look."""
            script = Script("js/credit-authors.js", type="module")
            return Media(js=[script], css={"all": ["css/admin/look-up.css"]})  # type: ignore[list-item]
