"""Sections of the Harmonized System: the same in every vintage; XXII is what national customs keep for themselves."""

LAST_CHAPTER_OF_SECTION = {
    "I": 5,
    "II": 14,
    "III": 15,
    "IV": 24,
    "V": 27,
    "VI": 38,
    "VII": 40,
    "VIII": 43,
    "IX": 46,
    "X": 49,
    "XI": 63,
    "XII": 67,
    "XIII": 70,
    "XIV": 71,
    "XV": 83,
    "XVI": 85,
    "XVII": 89,
    "XVIII": 92,
    "XIX": 93,
    "XX": 96,
    "XXI": 97,
    "XXII": 99,
}


def section_of(code: str) -> str:
    """The section of an HS code, in Roman numbers.

    Examples
    --------
    >>> section_of("2603"), section_of("640399")
    ('V', 'XII')
    """
    chapter = int(code[:2])
    return next((section for section, last in LAST_CHAPTER_OF_SECTION.items() if chapter <= last), "XXII")
