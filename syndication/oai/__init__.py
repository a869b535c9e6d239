"""The reviews' records for harvesters: OAI-PMH 2.0 at /oai.

What holds, however requests and changes overlap:

- A change and the note of it (`OaiChange`) are committed together. The record's new datestamp is given afterwards
  (`keeping.settle`), in a short transaction of its own and in the order in which datestamps become visible.
- An answer's `responseDate` is not later than the oldest change that has no datestamp yet. So whatever an answer does
  not show has, in the end, a datestamp that is not before its `responseDate`, from which the harvester asks next.
- A place in a list is a datestamp. What changes while a list is read moves to its end; nothing falls out of it, and
  nothing that has not changed comes twice.
- Whether a review is there is asked of `.listed()` at the time of the answer, and of nothing else.
"""
