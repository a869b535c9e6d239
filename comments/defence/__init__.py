"""What protects the responses from programs and from people who mean no good. Nothing is dropped silently.

The one who takes a form makes a `Submission` of it, asks `judge`, and writes the row (`Verdict.is_kept`) in a
transaction that begins with `earlier_of_several`. Its `sender` is kept only if `keep_sender_days` is not 0.
"""

from comments.defence.judging import judge
from comments.defence.proof_page import ask_for_proof
from comments.defence.repeats import earlier_of_several
from comments.defence.reports import report
from comments.defence.submission import Outcome, Submission, Verdict, purpose

__all__ = [
    "Outcome",
    "Submission",
    "Verdict",
    "ask_for_proof",
    "earlier_of_several",
    "judge",
    "purpose",
    "report",
]
