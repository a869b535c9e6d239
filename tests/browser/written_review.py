"""A review with every block that a body can hold, as an editor types it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.choosers import Dialogue
from tests.browser.composing import Block

PERSON = "Petra Papercut"
ISSUES = ("Too little paper", "Nobody sweeps up")


@dataclass(frozen=True)
class Files:
    """What the editor has on their machine."""

    picture: Path
    document: Path

    @classmethod
    def made_in(cls, folder: Path) -> Files:
        """Make the files in the folder."""
        picture, document = folder / "planes.jpg", folder / "planes.csv"
        Image.linear_gradient("L").resize((1200, 800)).save(picture)
        document.write_text("fold,metres\ndart,12\nglider,19\n")
        return cls(picture, document)


def write_findings(block: Block, _files: Files) -> None:
    """Two issues: one with a section of its own, one that is only a line."""
    block.write(introduction="Two issues stand out.")
    issues = block.items("issues")
    issues[0].fill(label=ISSUES[0], own_heading="Sheets are rationed")
    section = issues[0].stream("body")
    section.add("Text").write("Each room had four sheets a day.")
    section.add("Quote").fill(words="We tear them in half.", who="A nurse")
    issues.add().fill(label=ISSUES[1])


def write_recommendations(block: Block, _files: Files) -> None:
    """One recommendation, to people made in place. Who makes it is forgotten."""
    item = block.items("items")[0].write(text="Put a ream in every room.")
    Dialogue(item.items("audiences").add().root).create(name="Paper folders")


def write_evidence_strength(block: Block, _files: Files) -> None:
    """A rating by a published scheme."""
    block.select(scheme="grade").fill(value="Low", rater="The reviewer").write(rationale="One building, one week.")


def write_author_response(block: Block, _files: Files) -> None:
    """An answer by the person who was made for the credits."""
    Dialogue(block.field("person")).choose(PERSON)
    block.write(body="We have since ordered more paper.")


def write_image(block: Block, files: Files) -> None:
    """A picture uploaded with its credit."""
    picture = block.field("image")
    Dialogue(picture).upload(files.picture, title="Planes", description="Planes on a chair", credit="Ines Inventada")
    block.write(caption="The longest flight.")


def write_table(block: Block, _files: Files) -> None:
    """Two columns and two rows."""
    table = block.field("table")
    table.get_by_label("Caption").fill("How far they flew")
    for number, heading in enumerate(("Fold", "Room")):
        add_column(table)
        table.locator(".column-heading").nth(number).fill(heading)
    table.locator("[data-add-row]").click()
    for number, text in enumerate(("Dart", "Room 4", "Glider", "Room 9")):
        table.locator("tbody input[type=text]").nth(number).fill(text)


def add_column(table: Locator) -> None:
    """Add a column of texts. On a busy machine the menu was seen not to open: like a person, press once more."""
    text = table.page.get_by_role("button", name="Text", exact=True).filter(visible=True)
    for _time in range(2):
        table.locator("[data-append-column]").click()
        try:
            text.click(timeout=5_000)
        except PlaywrightTimeout:
            continue
        return
    raise AssertionError("The menu of columns does not stay open.")


def write_download(block: Block, files: Files) -> None:
    """A document uploaded in place."""
    Dialogue(block.field("document")).upload(files.document, title="Flight log")


# What writes a block, by the label that the chooser shows, in the order of the page.
WRITERS: dict[str, Callable[[Block, Files], object]] = {
    "Section": lambda block, _files: block.fill(heading="Why planes").write(body="Nobody had counted the planes."),
    "Findings": write_findings,
    "Quote": lambda block, _files: block.fill(words="I fold what I am given.", who="A patient", source="The study"),
    "Recommendations": write_recommendations,
    "Conclusion": lambda block, _files: block.write(body="Paper helps people wait."),
    "Practice implications": lambda block, _files: block.write(body="Leave a pile by the door."),
    "Limitations": lambda block, _files: block.write(body="It rained all week."),
    "Lived experience": lambda block, _files: block.write(body="Patients counted their own planes."),
    "Evidence strength": write_evidence_strength,
    "Author's response": write_author_response,
    "Image": write_image,
    "Table": write_table,
    "Embed": lambda block, _files: block.fill(
        url="https://vimeo.com/000000", title="A film about folding", summary="Four minutes, with captions."
    ),
    "Download": write_download,
    "Call-out": lambda block, _files: block.fill(heading="What is a dart?").write(text="The plainest of planes."),
}
# What a reader must find of each block.
WORDS = {
    "Section": ["Why planes", "Nobody had counted the planes."],
    "Findings": [
        "Two issues stand out.",
        *ISSUES,
        "Sheets are rationed",
        "Each room had four sheets a day.",
        "We tear them in half.",
        "A nurse",
    ],
    "Quote": ["I fold what I am given.", "A patient", "The study"],
    "Recommendations": ["The study’s authors", "Put a ream in every room.", "Paper folders"],
    "Conclusion": ["Conclusion", "Paper helps people wait."],
    "Practice implications": ["What this means in practice", "Leave a pile by the door."],
    "Limitations": ["Limitations", "It rained all week."],
    "Lived experience": ["Lived experience", "Patients counted their own planes."],
    "Evidence strength": ["GRADE", "Low", "The reviewer", "One building, one week."],
    "Author's response": [PERSON, "We have since ordered more paper."],
    "Image": ["The longest flight.", "Ines Inventada"],
    "Table": ["How far they flew", "Fold", "Room", "Dart", "Room 4", "Glider", "Room 9"],
    "Embed": ["A film about folding", "Four minutes, with captions.", "Vimeo"],
    "Download": ["Flight log", "CSV"],
    "Call-out": ["What is a dart?", "The plainest of planes."],
}
