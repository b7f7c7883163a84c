from entrepot.formulas.entries import FAMILIES, every_indicator
from entrepot.formulas.symbols import SYMBOLS, symbols_of


def test_every_family_has_its_letters():
    assert set(SYMBOLS) == set(FAMILIES)


def test_every_letter_stands_in_a_formula_of_its_family():
    for family, letters in SYMBOLS.items():
        if family == "overview":  # it borrows from all
            continue
        used = {s for name, entry in every_indicator() if name in (family, "overview") or family == "intraindustry"
                for s in symbols_of(entry.formula, family)}  # fmt: skip
        assert set(letters) - used == set(), family


def test_a_letter_is_not_found_within_a_word():
    assert list(symbols_of("V with quantity / Σ V", "finder")) == ["V"]
    assert "V_j" not in symbols_of("V_ij", "finder")


def test_the_headline_formulas_are_explained():
    for name in ("gap", "gravity_share", "cagr", "score"):
        entry = next(entry for family, entry in every_indicator() if family == "finder" and entry.id == name)
        assert symbols_of(entry.formula, "finder"), name
