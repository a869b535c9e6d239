"""Numbers that a sentence announces in words or figures."""

from __future__ import annotations

import re

NUMBERS = {
    2: "two zwei deux dos twee dau dwy",
    3: "three drei trois tres drie tri tair",
    4: "four vier quatre cuatro pedwar pedair",
    5: "five fünf fuenf cinq cinco vijf pump pum",
    6: "six sechs seis zes chwech chwe",
    7: "seven sieben sept siete zeven saith",
    8: "eight acht huit ocho wyth",
    9: "nine neun neuf nueve negen naw",
    10: "ten zehn dix diez tien deg",
    11: "eleven elf onze once",
    12: "twelve zwölf douze doce twaalf",
}
WORDS = {word: number for number, words in NUMBERS.items() for word in words.split()}
NUMBER = re.compile(
    rf"\b(?:(?P<figure>\d{{1,2}})(?![\d.,%])|(?P<word>{'|'.join(sorted(WORDS, key=len, reverse=True))}))\b",
    re.IGNORECASE,
)
NOUNS = (
    r"issues?|findings?|themes?|challenges?|problems?|barriers?|factors?|points?|insights?|areas?|results?|lessons?|messages?|concerns?|aspects?|"
    r"dimensions?|reasons?|recommendations?|things|topics?|priorities|actions?|changes?|people|researchers|authors|themen|punkte|ergebnisse|befunde|"
    r"probleme|erkenntnisse|herausforderungen|empfehlungen|thèmes|problèmes|résultats|constats|enjeux|recommandations|temas|problemas|resultados|"
    r"hallazgos|recomendaciones|thema's|knelpunten|resultaten|bevindingen|problemen|aanbevelingen|mater|thema|canfyddiad|argymhelliad|pwynt"
)
COUNTED = re.compile(rf"{NUMBER.pattern}\s+(?:[\w’'-]+,?\s+){{0,4}}?(?:{NOUNS})\b", re.IGNORECASE)


def announced(sentence: str) -> int:
    """Return how many things a sentence announces: the number of a noun such as issues, else the last from 2 to 30."""
    number = 0
    if counted := COUNTED.search(sentence[-300:]):
        return int(counted["figure"]) if counted["figure"] else WORDS[counted["word"].casefold()]
    for match in NUMBER.finditer(sentence[-200:]):
        said = int(match["figure"]) if match["figure"] else WORDS[match["word"].casefold()]
        number = said if 2 <= said <= 30 else number
    return number
