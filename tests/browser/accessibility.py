"""axe-core and HTML_CodeSniffer, run inside the page that the browser shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.checkers import AXE, HTML_CODESNIFFER

AXE_RUN = """
async ({include, exclude, without}) => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
  const context = {include: include.length ? include : [["html"]], exclude};
  const rules = Object.fromEntries(without.map((rule) => [rule, {enabled: false}]));
  const results = await axe.run(context, {rules, runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
  return results.violations.flatMap((violation) => violation.nodes.map((node) =>
    `${violation.id} at ${node.target.join(" ")}: ${node.failureSummary.split("\\n").slice(1).join(" ").trim()}`));
}
"""
CODESNIFFER_RUN = """
() => new Promise((resolve, reject) => {
  HTMLCS.process("WCAG2AA", document, () => resolve(HTMLCS.getMessages()
    .filter((message) => message.type === HTMLCS.ERROR)
    .map((message) => `${message.code}: ${message.msg} in ${message.element.outerHTML.slice(0, 160)}`)), reject);
})
"""


@dataclass(frozen=True)
class Axe:
    """WCAG 2.2 A and AA and axe's best practices."""

    def violations(
        self, page: Page, include: Sequence[str] = (), exclude: Sequence[str] = (), without: Sequence[str] = ()
    ) -> list[str]:
        """Return one line a violation, of the whole page or of the parts that the selectors include, without rules."""
        page.add_script_tag(path=AXE)
        parts = {"include": [[part] for part in include], "exclude": [[part] for part in exclude], "without": without}
        found: list[str] = page.evaluate(AXE_RUN, parts)
        return found


@dataclass(frozen=True)
class CodeSniffer:
    """HTML_CodeSniffer's WCAG2AA."""

    def errors(self, page: Page) -> list[str]:
        """Return one line an error."""
        page.add_script_tag(path=HTML_CODESNIFFER)
        found: list[str] = page.evaluate(CODESNIFFER_RUN)
        return found
