from __future__ import annotations

from datetime import date

import pytest

from flows.dates.dateline import match_dateline, match_place_line, search_dateline

STORY = "The minister said on Friday that the ferry would run again."
PUBLISHED = date(2024, 4, 10)

FORMS = [
    ("BELGRADE, February 9. /TASS/. ", "Belgrade", date(2024, 2, 9), "TASS"),
    ("UN, August 24. /tass/. ", "UN", date(2023, 8, 24), "tass"),
    ("МОСКВА, 16 декабря. /ТАСС/. ", "Москва", date(2023, 12, 16), "ТАСС"),
    ("DAMASCUS (Sputnik) - ", "Damascus", None, "Sputnik"),
    ("UNITED NATIONS (APP / Sputnik - 9th February, 2024) ", "United Nations", date(2024, 2, 9), "APP / Sputnik"),
    ("Pyongyang, March 5 (KCNA) -- ", "Pyongyang", date(2024, 3, 5), "KCNA"),
    ("TEHRAN – ", "Tehran", None, None),
    ("Moscow, Oct 1 (PTI) ", "Moscow", date(2023, 10, 1), "PTI"),
    ("MOSCOW. Feb 9 (Interfax) - ", "Moscow", date(2024, 2, 9), "Interfax"),
    ("Roma, 7 dic. (Adnkronos) – ", "Roma", date(2023, 12, 7), "Adnkronos"),
    ("(ANSA) - ROME, JUL 11 - ", "Rome", date(2023, 7, 11), "ANSA"),
    ("Berlin (dpa) - ", "Berlin", None, "dpa"),
    ("Paris (ats afp) ", "Paris", None, "ats afp"),
    ("BEIJING, March 5 (Xinhua) -- ", "Beijing", date(2024, 3, 5), "Xinhua"),
    ("BUENOS AIRES, March 5 (Xinhua) -- ", "Buenos Aires", date(2024, 3, 5), "Xinhua"),
    ("МОСКВА, 16 декабря 2023. /ТАСС/. ", "Москва", date(2023, 12, 16), "ТАСС"),
    ("САНКТ-ПЕТЕРБУРГ, 16 декабря. /ТАСС/. ", "Санкт-Петербург", date(2023, 12, 16), "ТАСС"),
    ("ООН, 5 марта. /ТАСС/. ", "ООН", date(2024, 3, 5), "ТАСС"),
    ("МИНСК, 3 апреля. /Корр. БЕЛТА/. ", "Минск", date(2024, 4, 3), "Корр. БЕЛТА"),
    ("МОСКВА, 9 фев — РИА Новости. ", "Москва", date(2024, 2, 9), "РИА Новости"),
    ("ПЕКИН, 5 мар - РИА Новости, Иван Петров. ", "Пекин", date(2024, 3, 5), "РИА Новости"),
    ("Москва. 9 февраля. ИНТЕРФАКС - ", "Москва", date(2024, 2, 9), "ИНТЕРФАКС"),
    ("КИЕВ, 5 марта (Укринформ) – ", "Киев", date(2024, 3, 5), "Укринформ"),
    ("АСТАНА, 5 марта - Казинформ. ", "Астана", date(2024, 3, 5), "Казинформ"),
    ("KYIV. March 5. Interfax-Ukraine – ", "Kyiv", date(2024, 3, 5), "Interfax-Ukraine"),
    ("Madrid, 5 mar (EFE).- ", "Madrid", date(2024, 3, 5), "EFE"),
    ("Baku, March 5, AZERTAC ", "Baku", date(2024, 3, 5), "AZERTAC"),
    ("CAIRO - 5 March 2024: ", "Cairo", date(2024, 3, 5), None),
    ("Riyadh, March 5, 2024, SPA -- ", "Riyadh", date(2024, 3, 5), "SPA"),
    ("ISLAMABAD, Mar 05 (APP):", "Islamabad", date(2024, 3, 5), "APP"),
    ("MOSCOW/MINSK, February 9. /TASS/. ", "Moscow/Minsk", date(2024, 2, 9), "TASS"),
    ("NEW DELHI: ", "New Delhi", None, None),
    ("Islamabad: ", "Islamabad", None, None),
    ("Lima (March 5, 2024) ", "Lima", date(2024, 3, 5), None),
    ("SEOUL, April 8 (Yonhap) -- ", "Seoul", date(2024, 4, 8), "Yonhap"),
    ("GENEVA/CAIRO (Reuters) - ", "Geneva/Cairo", None, "Reuters"),
    ("KYIV, Ukraine (AP) — ", "Kyiv", None, "AP"),
    ("NEW YORK, 5 March 2024 – ", "New York", date(2024, 3, 5), None),
    ("Geneva – ", "Geneva", None, None),
    ("PARIS ", "Paris", None, None),
    ("UNITED NATIONS ", "United Nations", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("opening", "place", "day", "agency"), FORMS)
def test_form_gives_its_parts_and_the_story_begins_behind_it(opening, place, day, agency):
    found = match_dateline(opening + STORY)
    assert found is not None
    dateline = found.dateline(PUBLISHED)
    assert (dateline.place, dateline.day, dateline.agency) == (place, day, agency)
    assert (opening + STORY)[found.end :] == STORY


@pytest.mark.parametrize(
    "sentence",
    [
        "UN Secretary-General Ana Ruiz said the ferry would run again.",
        "NATO said the ferry would run again before the winter.",
        "NATO Secretary General Ana Ruiz said the ferry would run again.",
        "RUSSIA: The ferry would run again before the winter.",
        "UNESCO Director Ana Ruiz said the ferry would run again.",
        "PIETER MAES (Belgium) said the ferry would run again soon.",
        "AMINATA SOW, Special Envoy for the Lake, said the ferry would run.",
        "Paris: We shall see whether the ferry runs again before winter.",
        "SECRETARY BAKER: The ferry will run again before the winter.",
        "Mr. Maes (France): The ferry will run again before the winter.",
        "Moscow said the ferry would run again before the winter.",
        "Pacific Islanders (AA and NHPI) said the ferry would run again.",
        "Moscow, Reuters reported, said the ferry would run again soon.",
        "Paris - 5 March or not - said the ferry would run again soon.",
        "South Lawn (October 25, 2023) The ferry would run again soon.",
    ],
)
def test_sentences_that_only_look_alike_are_left_alone(sentence):
    assert match_dateline(sentence) is None
    assert search_dateline(sentence) is None


def test_year_turns_back_over_new_year():
    found = match_dateline("MINSK, December 31. /TASS/. " + STORY)
    assert found is not None
    assert found.dateline(date(2024, 1, 1)).day == date(2023, 12, 31)
    assert found.dateline(None).day is None


def test_dateline_behind_headlines_on_the_same_line():
    line = "Envoy hails ferry 3 Nov, 23:40 YEREVAN, November 3. /TASS/. " + STORY
    found = search_dateline(line)
    assert found is not None
    assert line[: found.start] == "Envoy hails ferry 3 Nov, 23:40 "
    assert line[found.end :] == STORY


def test_place_line():
    assert match_place_line("ANKARA") is not None
    assert match_place_line("STT–") is not None
    for line in ("SECURITY COUNCIL", "New York", "Monday, November 13th.", "REMARKS"):
        assert match_place_line(line) is None
