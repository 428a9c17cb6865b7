import pytest

from rollguard.rules.hits import Hit, drop_contained, span
from rollguard.rules.model import Lexicon
from rollguard.rules.slots import SlotIndex
from rollguard.rules.words import WORD_UNITS, collapse, cut_words


def norms(text: str) -> list[str]:
    return [word.norm for word in cut_words(text)]


def test_punctuation_quotes_and_hyphens_part_words() -> None:
    assert norms("Don’t allow Cloud-Verarbeitung, l'album!") == [
        "don",
        "t",
        "allow",
        "cloud",
        "verarbeitung",
        "l",
        "album",
    ]


def test_characters_that_draw_nothing_do_not_split_a_word() -> None:
    assert norms("cam\u200bera ro\u00adll \ufeff") == ["camera", "roll"]


def test_full_width_letters_and_ligatures_are_ordinary_letters() -> None:
    assert norms("ＣＬＯＵＤ ﬁles") == ["cloud", "files"]


def test_reading_ends_at_the_limit() -> None:
    assert len(cut_words("a " * 10, limit=3)) == 3


def test_evidence_is_written_as_a_person_would() -> None:
    assert collapse("  camera\n\t ro\u200bll ") == "camera roll"


def index(**slots: str) -> SlotIndex:
    return SlotIndex(Lexicon(language="en", slots={slot: tuple(text.split(", ")) for slot, text in slots.items()}))


def test_a_stem_meets_every_word_that_begins_so() -> None:
    assert index(upload="upload*").hits(cut_words("Uploading uploads load")) == [
        Hit("upload", 0, 1),
        Hit("upload", 1, 2),
    ]


def test_a_gap_spans_at_most_three_words() -> None:
    cloud = index(cloud="upload … cloud")
    assert cloud.hits(cut_words("upload it to our cloud")) == [Hit("cloud", 0, 5)]
    assert cloud.hits(cut_words("upload a b c d cloud")) == []


def test_the_longest_phrase_of_a_slot_wins_at_its_place() -> None:
    assert index(ai="machine, machine learning").hits(cut_words("machine learning")) == [Hit("ai", 0, 2)]


def test_a_word_inside_a_longer_phrase_means_nothing_on_a_button() -> None:
    hits = index(allow="allow", refuse="don't allow").hits(cut_words("Don't allow"))
    assert [hit.slot for hit in drop_contained(hits)] == ["refuse"]


def test_span_is_the_shortest_stretch_that_meets_every_group() -> None:
    words = cut_words("word " * 60)
    hits = [Hit("photos", 0, 1), Hit("cloud", 50, 51), Hit("photos", 52, 53)]
    assert span(hits, words, [["photos"], ["cloud"]]) == 3 * WORD_UNITS
    assert span(hits, words, [["photos"], ["faces"]]) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("СLОUD саmеrа рhоtоs", "cloud camera photos"),  # Cyrillic letters among Latin ones
        ("𝐀𝐥𝐥𝐨𝐰 ａｌｌｏｗ cIoud AIlow cl0ud", "allow allow cloud allow cloud"),
        ("İZİN VER fotoğraflarınızı", "izin ver FOTOĞRAFLARINIZI"),  # Turkish case
        ("ΦΩΤΟΓΡΑΦΙΕΣ", "φωτογραφίες"),  # final sigma and tonos
        ("STRASSE GRÖSSE", "straße größe"),
        ("عکس‌ها", "عكسها"),  # Persian and Arabic keyboards
        ("फ़ोटो", "फोटो"),  # the nukta is often left out
        ("ｶﾒﾗﾛｰﾙ", "カメラロール"),
    ],
)
def test_two_spellings_of_the_same_words_are_read_alike(written: str, read: str) -> None:
    assert norms(written) == norms(read)


def test_openai_and_ai_keep_their_capital_i() -> None:
    assert norms("AI OpenAI") == ["ai", "openai"]


@pytest.mark.parametrize(("entry", "text"), [("相机胶卷", "访问您的相机胶卷吗"), ("คลังภาพ", "เข้าถึงคลังภาพของคุณ")])
def test_a_phrase_is_met_anywhere_where_words_are_not_spaced(entry: str, text: str) -> None:
    assert [hit.slot for hit in index(camera_roll=entry).hits(cut_words(text))] == ["camera_roll"]
