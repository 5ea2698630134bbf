"""Each rule of litter.csv: what it exists for goes and is counted, a near line that an author wrote stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.articles.cleaning import rules, stamps, without_litter
from flows.data import rows

LEAD = (
    "The minister said on Friday that the ferry between the two ports would run again before the winter, and that the "
    "pier would be mended by then."
)
END = "“Nobody should wait for spring,” she told reporters. “The harbour master has been asked.”"

# rule: (what goes, what of it stays, a near line that stays whole)
CASES: dict[str, tuple[str, str, str]] = {
    "ad-mark": (f"[ad_1] {LEAD}", LEAD, "The bill [ad hoc] was read again."),
    "html-comment": (f"<!-- banner -->{LEAD}", LEAD, "The level fell < 3 metres -- a record."),
    "html-script": (f"<script>var a = 1;</script>{LEAD}", LEAD, "The script of the play was burnt."),
    "html-mark": (f"<s>{LEAD}</s>", LEAD, "The price was < 5 and the weight > 3 tonnes."),
    "html-cell": ("Lima<td class='x'>Quito", "Lima Quito", "The td and the img were named."),
    "html-block": (f"<p>{LEAD}", LEAD, "The p and the br stayed."),
    "template": ("{{element.title}}", "", "The set {a, b} was named."),
    "translated-mark": (f"*** TRANSLATED *** {LEAD}", LEAD, "The text was TRANSLATED by the embassy."),
    "photo-mark": (f"{LEAD} [Photo/Harbour Agency]", LEAD, "He held up a [photographed] page."),
    "photo-bracket": (f"{LEAD} (Photo by Ana Ruiz/Harbour Images)", LEAD, "Pictures (photos of the pier) were shown."),
    "correction-head": ("(2nd LD) Ferry to run again", "Ferry to run again", "The list (LEADERS) was long."),
    "stamped-headline": (
        "Envoy hails talks 12 May, 14:30 Ferry to run again",
        "Envoy hails talks\n\nFerry to run again",
        "The train left on 12 May, 14:30 Moscow time.",
    ),
    "stamped-update": (f"Updated at: 14:30 {LEAD}", LEAD, "The map was updated at 14:30 on Friday."),
    "tweet-link": (f"{LEAD} pic.twitter.com/aB3dE5", LEAD, "The picture on twitter.com was old."),
    "tweet-signature": (
        f"{LEAD} — Ana Ruiz (@anaruiz) May 3, 2024",
        LEAD,
        "The envoy — Ana Ruiz (@anaruiz) — wrote that she would go.",
    ),
    "agency-mark": ("(ANSA).", "", "(ANSA) was the first to say so."),
    "attention": ("(ATTN: UPDATES with details in last two paras)", "", "Attention: the pier is closed."),
    "byline": ("By Ana Ruiz and Tom Lee", "", "By Friday Ana Ruiz had left for Lima."),
    "caption-credit": (
        "Minister Ana Ruiz speaks at the pier in Lima on May 3, 2024. REUTERS/Tomas Lindqvist",
        "",
        "She told REUTERS/AFP reporters that the ferry would run.",
    ),
    "closing-of-record": ("The meeting rose at 1.10 p.m.", "", "The meeting rose at once when the envoy left."),
    "copyright": ("© 2024 Harbour News. All rights reserved.", "", "Copyright law was the subject of the talks."),
    "e-mail": ("desk@harbour-news.example", "", "Write to desk@harbour-news.example before noon."),
    "hashtags": ("#Peru #Ferry #Harbour", "", "#Peru is the word of the day, she said."),
    "language-switch": ("English | Русский | Français", "", "English and French were spoken."),
    "menu": ("Left Menu", "", "Home at last, the envoy slept."),
    "opening-of-record": ("The meeting was called to order at 10 a.m.", "", "The hall was called to order at 10 a.m."),
    "page-link": ("https://news.example/a/123", "", "See https://news.example/a/123 for the map."),
    "photo-credit": ("Photo: Harbour Agency / Tom Lee", "", "Photographs of the pier were shown."),
    "related-headline": ("RELATED: Envoy hails talks in Quito", "", "Related: “We go,” he said."),
    "stamp": ("Updated: March 06, 2024 19:20", "", "Updated maps were shown: the pier is gone."),
    "time-stamp": ("12 May, 14:30", "", "12 May, 14:30 was the hour that they had named."),
    "time-stamp-dated": ("All News 15:07 April 08, 2024", "", "At 15:07 April 08, 2024 the lights went out."),
    "unofficial-record": ("For information media. Not an official record.", "", "The media got no official record."),
    "wire-code": ("dpa cb xyz", "", "dpa was told so."),
    "related": ("Related stories", "", "Related stories were told by both envoys."),
    "credits": ("(Reporting by Ana Ruiz in Lima; Editing by Tom Lee)", "", "Reporting by the press was fair, he said."),
    "credits-open": ("Reporting by Ana Ruiz in Lima; Editing by Tom Lee", "", "Editing by day and night was hard."),
    "dispatch-end": ("-0-", "", "-0- was what the gauge showed."),
    "editors-note": ("Editor's note: call +00 000 0000 with questions.", "", "The editor's note was short."),
    "notebook": ("dpa-Notizblock", "", "Notebook in hand, the envoy left."),
    "not-for-print": ("The following information is not intended for publication", "", "The following was off print."),
    "read-more": ("Tags: Peru, ferry", "", "Tags were put on every crate."),
    "source-link": ("Source link", "", "Source after source said so."),
}  # fmt: skip
INLINE = {
    "credits-apart": f"{LEAD} (Reporting by Ana Ruiz in Lima; Editing by Tom Lee)",
    "credits-open-apart": f"{LEAD} Reporting by Ana Ruiz in Lima; Editing by Tom Lee",
    "dispatch-end-apart": f"{LEAD} -0-",
    "time-stamp-apart": f"{LEAD} 12 May, 14:30",
}
APART = {
    "credits-apart": "credits",
    "credits-open-apart": "credits-open",
    "dispatch-end-apart": "dispatch-end",
    "time-stamp-apart": "time-stamp",
}


def cleaned(*paragraphs: str) -> tuple[list[str], dict[str, int]]:
    text, removed = without_litter("\n\n".join(paragraphs))
    return [part.strip() for part in text.split("\n\n") if part.strip()], dict(removed)


def test_every_rule_has_its_case():
    assert {*CASES, *INLINE} == {row["rule"] for row in rows("litter")}


@pytest.mark.parametrize("rule", CASES)
def test_litter_goes_and_is_counted(rule):
    litter, stays, _ = CASES[rule]
    text, removed = cleaned(LEAD + " It will.", litter, END)
    assert text == [LEAD + " It will.", *stays.split("\n\n"), END] if stays else [LEAD + " It will.", END]
    assert set(removed) == {rule}


@pytest.mark.parametrize("rule", CASES)
def test_near_line_of_an_author_stays(rule):
    near = CASES[rule][2]
    assert cleaned(LEAD, near, END) == ([LEAD, near, END], {})


@pytest.mark.parametrize("rule", INLINE)
def test_litter_at_the_end_of_a_paragraph_goes(rule):
    assert cleaned(LEAD, INLINE[rule]) == ([LEAD, LEAD], {APART[rule]: 1})


@pytest.mark.parametrize("row", rows("litter"), ids=lambda row: row["rule"])
def test_words_that_a_rule_needs_stand_in_its_case(row):
    litter = INLINE.get(row["rule"]) or CASES[row["rule"]][0]
    (rule,) = (rule for rule in rules(row["kind"]) if rule.name == row["rule"])
    assert rule.may_match(litter.encode())


def test_tail_takes_the_headlines_behind_it_along_but_no_prose():
    headlines = ("Envoy hails talks in Quito", "Ferry prices fall")
    assert cleaned(LEAD, "Tags: Peru", *headlines) == ([LEAD], {"read-more": 1})
    assert cleaned(LEAD, "Tags: Peru", *headlines, END)[0] == [LEAD, *headlines, END]


def test_tail_on_top_of_a_page_is_a_label():
    assert cleaned("Source", LEAD, END) == (["Source", LEAD, END], {})


@pytest.mark.parametrize("head", ["Related:", "RELATED STORIES", "Read also", "Most read"])
def test_list_of_headlines_in_the_midst_goes(head):
    block = f"{head}\nEnvoy hails talks in Quito\nFerry prices fall for the third week"
    text, removed = cleaned(LEAD, block, END)
    assert text == [LEAD, END]
    assert removed == {"related": 1, "listed-headline": 2}


def test_list_of_headlines_ends_where_the_story_goes_on():
    wrapped = "The envoy said that the ferry between the two\nports would run again before the winter."
    assert cleaned(LEAD, "Related:", "Envoy hails talks", wrapped, "Nobody knows")[0] == [LEAD, wrapped, "Nobody knows"]


def test_sidebar_of_headlines_with_time_stamps_goes():
    after = "12 May, 14:30\nEnvoy hails talks in Quito\n11 May, 09:05\nFerry prices fall for the third week"
    before = "Envoy hails talks in Quito\n12 May, 14:30\nFerry prices fall for the third week\n11 May, 09:05"
    beside = before.replace("\n12", " 12").replace("\n11", " 11")
    for sidebar in (after, before, beside):
        assert cleaned(LEAD, sidebar, END) == ([LEAD, END], {"time-stamp": 2, "listed-headline": 2})


def test_time_that_a_sentence_names_stays():
    line = "The last ferry left the old pier on 12 May, 14:30"
    assert cleaned(LEAD, line, END) == ([LEAD, line, END], {})


def test_headline_next_to_the_only_time_stamp_is_the_storys_own():
    assert cleaned("Envoy hails talks in Quito\n12 May, 14:30", LEAD)[0] == ["Envoy hails talks in Quito", LEAD]


def test_embedded_post_keeps_its_words():
    post = "We will not wait for spring. pic.twitter.com/aB3dE5 — Ana Ruiz (@anaruiz) May 3, 2024"
    text, removed = cleaned(LEAD, post, END)
    assert text == [LEAD, "We will not wait for spring.", END]
    assert removed == {"tweet-link": 1, "tweet-signature": 1}


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("The whole list can be read at", "https://news.example/a/123"),
        ("the envoy was glad that the ministry had at last sent the delegation\nto the House at", "Home"),
    ],
)
def test_line_that_goes_on_with_a_sentence_stays(above, line):
    assert cleaned(LEAD, f"{above}\n{line}", END)[0][1].split() == f"{above} {line}".split()


@pytest.mark.parametrize(
    ("joined", "parted"),
    [
        ("The ferry runs.The envoy left.", "The ferry runs. The envoy left."),
        ("“The ferry runs.”The envoy left.", "“The ferry runs.” The envoy left."),
        ("Who knows?Nobody does.", "Who knows? Nobody does."),
        ("“Stop!”The envoy left.", "“Stop!” The envoy left."),
    ],
)
def test_missing_space_between_sentences(joined, parted):
    assert without_litter(joined) == (parted, {"missing-space": 1})


@pytest.mark.parametrize(
    "name", ["Travel.State.gov", "www.HarbourNews.org", "Eat.Learn.Play", "FindFerry.Gov", "Research!Peru", "U.S.-led"]
)
def test_name_with_a_full_stop_in_it_stays(name):
    assert without_litter(f"The list of {name} is long.") == (f"The list of {name} is long.", {})


def test_stamps_name_the_day():
    page = f"Ferry to run again\nUpdated: March 06, 2024 19:20\n\n{LEAD}"
    assert stamps(page) == ["Updated: March 06, 2024 19:20"]


SENTENCES = st.lists(
    st.sampled_from(
        [
            LEAD,
            END,
            "Peru’s envoy, Ana Ruiz, denied that a letter existed.",
            "By then the talks in Lima (the third this year) had ended.",
            "Who said so? The embassy’s spokesman, at 14:30 on 12 May 2024.",
            "Source close to the talks: “We go on.”",
            "More than 1,200 people live on the island; the nearest pier is 40 km off.",
        ]
    ),
    min_size=1,
    max_size=8,
)


@given(st.lists(SENTENCES, min_size=1, max_size=6))
def test_clean_prose_keeps_every_word(story):
    text = "\n\n".join(" ".join(paragraph) for paragraph in story)
    assert without_litter(text) == (text, {})


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from([*(case[0] for case in CASES.values()), *INLINE.values(), LEAD, END, "Q  Why?", "", " ", "?"])
        | st.text(max_size=40),
        max_size=12,
    ),
    st.sampled_from(["\n", "\n\n", " "]),
)
def test_any_mixture_is_cleaned_and_words_are_only_taken_out(parts, between):
    raw = between.join(parts)
    text, removed = without_litter(raw)
    assert all(count > 0 for count in removed.values())
    if not removed:
        assert text.split() == raw.split()
    assert len("".join(text.split())) <= len("".join(raw.split()))
