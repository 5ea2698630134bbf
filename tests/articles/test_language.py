from __future__ import annotations

import pytest

from flows.articles.language import language_of

ENGLISH = (
    "The Foreign Minister said on Friday that the ferry between the two ports would run again before the winter. "
    "He added that the harbour master had been asked to mend the pier, and that nobody should wait for spring."
)
FOREIGN = {
    "ru": (
        "Министр иностранных дел заявил в пятницу, что паром между двумя портами снова начнёт ходить до зимы. "
        "По его словам, начальника порта уже попросили починить причал."
    ),
    "fr": (
        "Le ministre des Affaires étrangères a déclaré vendredi que le bac entre les deux ports reprendrait son "
        "service avant l’hiver. Il a ajouté que le quai serait réparé."
    ),
    "es": (
        "El ministro de Exteriores dijo el viernes que el transbordador entre los dos puertos volverá a navegar "
        "antes del invierno. Añadió que ya se ha pedido reparar el muelle."
    ),
    "zh": "外交部长星期五表示，两个港口之间的渡轮将在冬季之前恢复航行。他还说，已经要求修理码头。",
    "ar": (
        "قال وزير الخارجية يوم الجمعة إن العبارة بين الميناءين ستعود إلى العمل قبل الشتاء. "
        "وأضاف أن الرصيف سيجري إصلاحه."
    ),
}
SERBIAN = (
    "Ministar spoljnih poslova izjavio je u petak da će trajekt između dve luke ponovo saobraćati pre zime. "
    "Dodao je da je lučka kapetanija već zamoljena da popravi pristanište."
)


@pytest.mark.parametrize(("code", "text"), FOREIGN.items())
def test_language_is_told_from_the_text(code, text):
    assert language_of(text, None) == (code, None)


def test_serbian_in_latin_letters_is_not_taken_for_english():
    # The four are one language with small differences, which a short text need not show.
    assert language_of(SERBIAN, None).code in {"sr", "hr", "bs", "sh"}


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "Prime Minister Viktor Szabó met Nursultan Abenov, Ólafur Þorvarðarson and José María Echeverría in Reykjavík.",
        "Szigeti, Sikora, Borges, Wang Yuan and Lavrin attended the dinner that the Japanese envoy gave.",
        "Nguyễn Văn Trọng, Phạm Minh Hòa and Vương Đình Lộc welcomed the Indonesian envoy Prabowo in Hà Nội on Friday.",
        "Bakir Vukčević, Đorđe Šćepanović and Ljubiša Žugić said that Skupština would meet on Monday.",
        "We do.",
    ],
)
def test_english_full_of_foreign_names_is_not_taken_for_another_language(text):
    assert language_of(text, None).code in {"en", None}


@pytest.mark.parametrize("quoted", FOREIGN.values())
def test_english_that_quotes_a_foreign_sentence_stays_english(quoted):
    assert language_of(f"{ENGLISH}\n\n“{quoted}”\n\n{ENGLISH}", None).code == "en"
    assert language_of(f"{ENGLISH} {ENGLISH}\n\n“{quoted}” {quoted}", None).code == "en"


@pytest.mark.parametrize(("given", "code"), [("en", "en"), ("en-GB", "en"), ("EN_us", "en"), ("English", "en")])
def test_field_that_agrees_wins(given, code):
    assert language_of(ENGLISH, given) == (code, None)


@pytest.mark.parametrize(("given", "code"), [("ru", "ru"), (None, None), ("klingon?", None)])
def test_field_wins_where_the_text_is_too_short_to_tell(given, code):
    assert language_of("Yes.", given) == (code, None)


def test_text_wins_over_a_field_that_is_wrong_and_the_conflict_is_noted():
    code, conflict = language_of(FOREIGN["ru"], "en")
    assert code == "ru"
    assert conflict == "language: ru by the article's text, en by its field"


@pytest.mark.shared
def test_real_english_documents_are_english(shared):
    texts = [path.read_text(encoding="utf-8") for path in sorted((shared / "real/white-house-markdown").glob("*.md"))]
    assert {language_of(text, None).code for text in texts} == {"en"}
