"""Persons of a document: one entry each, found by name in any order, by surname and by office."""

from datetime import date

import pytest

from diplograph.text.people import Registry, fold, parts, slug


@pytest.fixture
def registry():
    return Registry(date(2025, 9, 10))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
        ("Þór", "þor"),
        ("Tô Lâm", "to lam"),
        ("Đặng", "dang"),
        ("Yıldız", "yildiz"),
        ("", ""),
    ],
)
def test_fold(name, expected):
    """Case and accents do not tell persons apart."""
    assert expected == fold(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Lee Jae-myung", ["lee", "jae", "myung"]), ("J. D. Vance", ["j", "d", "vance"]), ("-", [])],
)
def test_parts(name, expected):
    """Hyphens and points separate."""
    assert expected == parts(name)


@pytest.mark.parametrize(
    ("name", "expected"), [("Benta Ochieng", "benta-ochieng"), ("李", "unnamed"), ("", "unnamed")]
)
def test_slug(name, expected):
    """Every person gets a slug."""
    assert expected == slug(name)


@pytest.mark.parametrize("name", ["Shigeru Ishiba", "Ishiba Shigeru"])
def test_either_order(registry, name):
    """The gazetteer knows a person in both name orders."""
    person = registry.named(name, state="JPN", title=None)
    assert ("shigeru-ishiba", True, "JPN") == (person.slug, person.known, person.state)


def test_one_entry_per_person(registry):
    """Full name, surname and a fuller form are one person, kept in its fullest form."""
    first = registry.named("Olaf Berg", state="NOR", title="foreign minister")
    assert first is registry.named("Olaf Erik Berg", state="NOR", title="foreign minister")
    assert first is registry.named("Berg", state=None, title=None)
    assert first is registry.by_surname("Berg")
    assert "Olaf Erik Berg" == first.name


def test_namesakes_of_two_states(registry):
    """A surname with its state tells two namesakes apart; alone it means neither."""
    ours = registry.named("Anna Berg", state="SWE", title="foreign minister")
    theirs = registry.named("Olaf Berg", state="NOR", title="foreign minister")
    assert ours is not theirs
    assert (ours, theirs) == (registry.by_surname("Berg", "SWE"), registry.by_surname("Berg", "NOR"))
    assert registry.by_surname("Berg") is None


@pytest.mark.parametrize(
    ("day", "state", "title", "expected"),
    [
        (date(2025, 9, 10), "JPN", "prime minister", "shigeru-ishiba"),
        (date(2025, 11, 10), "JPN", "prime minister", "sanae-takaichi"),
        (date(2023, 11, 10), "JPN", "prime minister", "fumio-kishida"),
        (date(2023, 11, 10), "USA", "president", "joe-biden"),
        (date(2023, 11, 10), "USA", "secretary of state", "antony-blinken"),
    ],
)
def test_holder(day, state, title, expected):
    """An office means who held it on the day of publication."""
    assert expected == Registry(day).holder(state, title).slug


def test_no_date_no_guess():
    """Without a publication date nobody is taken to hold an office."""
    undated = Registry(None)
    assert (None, None) == (undated.holder("JPN", "prime minister"), undated.prominent("Macron"))


def test_holder_of_nothing(registry):
    """An office that a state does not have has no holder."""
    assert registry.holder("CHE", "king") is None


@pytest.mark.parametrize(
    ("word", "expected"), [("Macron", "emmanuel-macron"), ("Ishiba", "shigeru-ishiba"), ("Tree", None)]
)
def test_prominent(registry, word, expected):
    """A surname alone means the head of state or government of that name, if there is one."""
    person = registry.prominent(word)
    assert expected == (person and person.slug)
