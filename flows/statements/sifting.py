"""Which of an engine's attributions are statements: speech, by somebody, with something said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from flows.articles.article import Span
from flows.data import rows
from flows.dates.words import DAY
from flows.phrases import PhraseIndex
from flows.statements.attribution import Attribution
from flows.statements.cues import Cue, cue_pattern, is_clause, is_known, lexicon
from flows.statements.fields import named_source, quote_label
from flows.statements.quotations import MARKS, Quotation
from flows.statements.reported import attributions_by_rule

_NEGATED = re.compile(r"\b(?:not|never|without)\b|n['’]t\b", re.IGNORECASE)
_SILENT = re.compile(
    r"\b(?:(?:say|tell|specify|reveal|comment|mention|explain|confirm)(?:ing)?|commented|(?:disclos|elaborat|nam|giv)(?:e|ing))\b",
    re.IGNORECASE,
)
_NO_WORDS = re.compile(
    r"(?:to\s+)?(?:comment|elaborate|say|give|be\s+(?:named|identified))\b|not\s+to\s+be\b|(?:for\s+)?anonymity\b",
    re.IGNORECASE,
)
_KEPT_SILENT = re.compile(
    r"\b(?:declin|refus|fail|neglect)\w*\s+to\s+(?:comment|say|tell|specify|reveal|mention|explain|confirm|elaborate|"
    r"disclose|name|give|answer|discuss|speculate)\b|\bneither\s+confirm\w*\s+nor\s+den\w+|\bt(?:ak|ook)\w*\s+note\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"(?:neither|nobody|no one|none)\b", re.IGNORECASE)
_QUESTION_WORD = re.compile(r"(?:why|how|what|when|where|who|whom|which|whether|if)\b", re.IGNORECASE)
_CLAIM = re.compile(r"claim(?:s|ed|ing)?$", re.IGNORECASE)
_CLAIMED_ACT = re.compile(r"(?:responsibility|credit|victory|success|to)\b", re.IGNORECASE)
_POSITION = re.compile(r"\b(?:do|does)\s+not\s+recogni[sz]e$|\b(?:do|does)n['’]t\s+recogni[sz]e$", re.IGNORECASE)
_CIRCUMSTANCE = re.compile(r"(?:On|In|At|During|After|Before|For|When|Asked|Responding|Replying|Commenting|Speaking)\b")
_COMMAND = re.compile(r"(?!out\b)(?:[^\s,;:]+\s){1,14}?to\s[a-z]|that\s")
_DREAD = re.compile(r"(?:fear|hop|worr|dread)\w*$", re.IGNORECASE)
_CROWD = re.compile(
    r"(?:(?:some|many|most|several|local|nearby|other|tens|scores|hundreds|thousands|of|the|about|\d[\d,]*)\s)*"
    r"(?!(?:officials|diplomats|analysts|experts|sources|critics|observers|ministers|leaders|envoys|scientists|"
    r"economists|lawmakers|deputies|authorities|organi[sz]ers|delegates|senators|negotiators|members|governments|states|"
    r"countries|sides|parties|ministries|nations|powers)\b)"
    r"(?:[a-z]+s|people|(?:fisher|country|towns|business)?men)\b(?:\s(?:in|of|on|from|who|along|near|at)\b|,|$)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:when|was|were|if|being)\s+asked\b|^asked(?:\s(?:about|by|if|whether|what|when|why|how))?$", re.IGNORECASE
)
_QUESTION_PUT = re.compile(r",\s+asked\s+(?:about|by|if|whether|what|when|why|how)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\s+(?:of|by)\b", re.IGNORECASE)
_DAY_TAIL = re.compile(rf"\s+on\s+{DAY}$", re.IGNORECASE)
_SOURCE_TAIL = re.compile(
    r"(?:,|\s+(?:on|in|at|late|earlier|who|which|has|have|had|and|therefore|thus|hence|however))+\s*$"
)
_APPOSED = re.compile(
    r"(,\s(?:[A-ZÀ-Þ][\w.’'-]+|al-\w+|de|van|von|bin)(?:\s(?:[A-ZÀ-Þ][\w.’'-]*|al-\w+|de|van|von|bin)){1,4})(?:,|\s*$)"
)
_PURPOSE = re.compile(r"\bto\s+\w+$", re.IGNORECASE)
_WEAK_PASSIVE = re.compile(r"(?:is|are|was|were|be|been|being)\s+\w+(?:ed|en|n)\b", re.IGNORECASE)
_COMPLEMENT = re.compile(
    r"(?<=\w)\s(?:for|of|to|at)\s(?:the\s)?[A-ZÀ-Þ][\w.’'-]*"
    r"(?:\s(?:(?:of|and|for|to)\s)?(?:the\s)?[A-ZÀ-Þ][\w.’'-]*)*"
)
_RELATIVE_ACT = re.compile(
    r",?[”\"]?\s(?:whom|which|who)\s(?:he|she|they|it)\s(?:also\s)?"
    r"(?P<cue>called|described|termed|dubbed|labell?ed|praised|accused|blamed|characteri[sz]ed|branded)\s"
)
_HOLDING = re.compile(r",\s(?P<cue>holding)\s(?=[^,;:.]{2,80}\s(?:fully\s|solely\s)?(?:responsible|accountable)\b)")
_HELD = re.compile(r"holding\s(?=[^,;:.]{2,80}\s(?:fully\s|solely\s)?(?:responsible|accountable)\b)")
_GOOD_WORDS = (
    r"(?:(?:his|her|its|their|the)\s)?(?:\w+\s(?:and\s)?){0,3}(?:condolences|sympath(?:y|ies)|congratulations|greetings|"
    r"gratitude|thanks|apolog(?:y|ies)|solidarity)\b"
)
_PROTEST = (
    r"(?:(?:him|her|them|the\s[\w’'-]+(?:\s[\w’'-]+)?)\s)?(?:(?:an?|its|their|his|her)\s)?(?:\w+\s(?:and\s)?){0,3}"
    r"(?:protests?|d[eé]marches?|objections?)\b"
)
_PROTESTED = rf"(?:lodg|hand|deliver|register|submitt|present|convey|express|issu)(?:e?s|e?d)\s{_PROTEST}"
_COURTESY_VERB = re.compile(
    rf"{_PROTESTED}|(?:extend|offer|convey|express|present)(?:s|ed)?\s{_GOOD_WORDS}|sen(?:ds?|t)\s{_GOOD_WORDS}"
)
_COURTESY = re.compile(
    r"(?P<source>He|She|They|(?:The\s)?[A-ZÀ-Þ][\w’'-]*(?:\s(?:(?:of|and|the|for)\s){0,2}[A-ZÀ-Þ][\w.’'-]*){0,8})\s"
    r"(?:(?:also|further)\s)?"
    rf"(?=(?:(?:extend|offer|convey|express|present)(?:s|ed)?|sen(?:ds?|t))\s{_GOOD_WORDS}|{_PROTESTED})"
    r"(?P<cue>\w+)\s"
)
_WISHES = re.compile(r",?\sand\s(?P<cue>wish(?:es|ed))\s(?=(?:an?|the|all|them|him|her)\b)")
_COLON_LEAD = re.compile(r"\w(?:\W+\w+){2,}\W*:\s+$")
_TAIL = re.compile(
    r",\s+(?P<tail>(?:(?:even|only)\s)?(?:if|unless|provided|as long as|although|even though)\s|"
    r"and\s(?:had|has|have|would|was|were|is|are|could|should|will|must|did|does|can|not|never)\s)"
)
_UNFINISHED = re.compile(r"\b(?:the|an?|of|to|for|with|and|or|its|their|his|her|in|on|by|from|that)\s*$")
_CLAUSE_END = re.compile(r"[,;:.!?](?=\s|$)|\s(?:and|but|while)\s(?=\w+ed\b)")
_OWN_WORDS = re.compile(r",?\s+(?:in\s+(?:his|her|their|its)\s+(?:own\s+)?words|as\s+(?:he|she|they)\s+put\s+it),?\s+")
_OWN_WORDS_LEAD = re.compile(rf"{_OWN_WORDS.pattern}$")
_FRONTED = re.compile(r"(?<![\w-])(?P<cue>[A-Z][a-z]+ing)\s+$")
_DOCUMENT = re.compile(
    r"(?:an?|the|their)\s(?:\w+\s){0,2}(?:statement|communiqu[eé]|readout|declaration|press release)\b", re.IGNORECASE
)
_ISSUED_BY = re.compile(r"\s(?:(?:issued|released|published|posted)\s)?(?:by|from)\s(?:the\s)?[A-Z]")
_REST_OF_SUBJECT = re.compile(r"((?:The|the|An?|an?|Its|its)(?:\s[\w’'-]+){1,6}?)\s+(?:(?:also|has|had|have)\s+)*")
_AUXILIARY = re.compile(r"\s(?:would|will|can|could|should|must|may|might|was|were|is|are|has|had|have|to)$")
_QUESTIONS = frozenset({"ask", "asks", "asked", "asking", "wonder", "wonders", "wondered", "wondering"})
_OUTLET = re.compile(
    r"(?:the\s)?(?:[\w-]+(?:['’]s)?\s){0,4}?(?:(?:state|local|national|official|public|private|[a-z]+)(?:-run|-owned)?\s)?"
    r"(?:media|(?:news\s)?(?:agenc(?:y|ies)|channel|outlet|portal|web\s?site|service)|newspapers?|television|TV|radio|broadcaster|"
    r"(?:[a-z]+\s)?bureau|correspondent)\b|"
    r"the\s(?:news\sagency|newspaper|daily|(?:TV|television|radio)\s(?:channel|station)|broadcaster)\b",
    re.IGNORECASE,
)
_THAT = re.compile(r"\s*that\s")
_BUREAU = re.compile(
    r"(?:the\s)?[A-Z][\w.]*(?:['’]s)?\s(?:(?:local|own|special)\s)?(?:bureau|correspondent|newsroom)\b"
)
# `..., Trend reports.` is how an agency signs what somebody else said.
_SIGNED = re.compile(r"[A-Z][\w.]*(?:\s[A-Z][\w.]*)?(?:\snews\sagency)?\s(?:reports|informs)\b")
_FRONT = re.compile(
    r"(?:In|On|At|After|During|Earlier|Later|Last|Meanwhile|However|Yesterday|Also)\b[^,;:“”\"\n]{0,60},\s(?:the\s)?"
)
_AS_MEDIUM = re.compile(r"As\s(?P<source>[^,;:“”\"\n]{2,60}?)(?:\s(?:has|have|had|previously|earlier|already))*\s$")
_SAID_BEFORE = re.compile(
    r"(?:,[”\"]?|[”\"],?)\s(?P<source>(?=[^,;:“”\"\n]*[A-ZÀ-Þ]|(?:the|an?|his|her|its|their)\s|(?:he|she|it|they)\s)"
    r"[^,;:“”\"\n]{2,200}?)\s"
    r"(?P<cue>said|told|stated|noted|added|stressed|emphasi[sz]ed|announced|declared|wrote|explained|underlined|"
    r"(?:released|issued|made|published)\s(?:this|the|a)\s(?:\w+\s)?(?:statement|comment|remarks?))(?![\w-])(?!\sthat\b)(?:[\s,](?:(?!\sthat\s)[^“”\"\n])*)?$"
)
_ADJUNCT_ALONE = re.compile(
    r"(?:In|On|At|After|Before|During|Earlier|Later|Last|Meanwhile|However|For|By|With|As|According)\b[^,]*"
)
_CONJUNCTION = re.compile(r"(?:But|And|Yet|However,|Meanwhile,|Also,)\s")
_SIGNS = re.compile(r"(?:reports|informs)")
_REPORTS = re.compile(r"(?:reports|informs|writes)")
_CITED = re.compile(r"(?:cit|quot)(?:ed|es|ing)\s[^,.;:\n\"“”]{2,80}?\sas\s(?:saying|telling|stating)\b")
_CLAIMED = re.compile(r"(?:claims?|reports?|assertions?|allegations?|statements?|remarks?|comments?)(?:\sthat)?")
_MINUTED = re.compile(
    r"[Ii]t\s(?:was|were)\s(?:(?:also|further|then)\s)?(?:noted|stressed|emphasi[sz]ed|stated|underlined|underscored|added|"
    r"pointed out|highlighted|mentioned|recalled|reiterated|reaffirmed|agreed)\s(?:[\w-]+\s){0,6}?that\b"
)
_STRESSED = re.compile(
    r"(?:was|were)\s(?:also\s)?(?:noted|stressed|emphasi[sz]ed|underlined|underscored|highlighted|"
    r"positively assessed|highly appreciated)"
)
_EDITORIAL = re.compile(
    r"(?:(?:it|this)\s)?(?:ought|should|must|is\sto|needs)\s(?:(?:also|to)\s)*be\s(?:noted|recalled|reminded|added|mentioned|"
    r"stressed|pointed out)\b|"
    r"(?:it\s)?(?:is|bears?)\s(?:also\s)?(?:worth\s)?(?:noting|recalling|mentioning|noteworthy)\b|"
    r"(?:Note|Recall|Remind|Notably|To recap)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:after(?:wards?)?|then|later|also|further(?:more)?|moreover|additionally|meanwhile|separately|earlier|finally|"
    r"in addition|at the same time)",
    re.IGNORECASE,
)
_CHARGE = r"(?:claims?|charges?|allegations?|accusations?|assertions?|suggestions?|reports?|criticisms?|contentions?)"
_DENIES = r"(?:deny|denie[sd]|rejects?|rejected|dismiss(?:es|ed)?|refute[sd]?|disputed?s?)"
_DENIAL = re.compile(
    rf",\s(?P<words>(?:(?:an?|the|those|these)\s)?(?:[a-z]+\s)?{_CHARGE}\s(?:"
    r"(?:(?:that|which)\s)?(?P<active>(?:the\s)?[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*){0,4}|it|he|she|they)\s"
    rf"(?P<active_cue>(?:(?:has|have|had)\s)?(?:[a-z]+ly\s)?{_DENIES})|"
    r"(?:(?:that|which|has|have|had|was|were|been|is|are)\s)*"
    r"(?P<passive_cue>(?:[a-z]+ly\s)?(?:denied|rejected|dismissed|refuted|disputed))\sby\s"
    r"(?P<passive>(?:the\s)?[A-ZÀ-Þ][^,.;:“”\"\n]{1,60}?)))(?=[,.;]|\s(?:and|but)\s|$)"
)
_APPEALED = re.compile(r"appeal(?:s|ed|ing)?\s(?:(?:late|early)\s)?(?:on\s)?(?:\w+day)\s(?:to|for)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"an?|the", re.IGNORECASE)
_REST_OF_NAME = re.compile(r"\s[^,.;:()“”\"\n]{2,80}(?=[,.;:]|$)")
_TIME_LEAD = re.compile(r"(?:Earlier|Later|Meanwhile|However|Also|Then|Separately|Previously),?\s+(?=[\wÀ-Þ])")
_URGES = re.compile(r"(?:urg|ask|call|press|implor|beg|order|invit|advis|remind)(?:e?d|e?s|ing)?(?:\s(?:up)?on)?$")
_ERRAND = re.compile(
    r",?\s(?:in|during|at|on|through|via)\s(?!to\b)[^.;:\n“”\"]{3,120}?,?\sto\s(?!the\b|an?\b)[a-z]{2,}\s[^.;:\n“”\"]+"
)
_TERMING = re.compile(
    r",\s(?P<cue>terming|calling|describing|branding|labell?ing|dubbing|accusing|blaming)\s(?=\S+\s\S)"
)
_GUESTS = r"\s(?:(?:the|his|her|an?)\s)?(?:\w+\s){0,2}(?:delegat\w+|guests?|dignitar\w+|visitors?|ambassador)\b"
_SENT = re.compile(r"(?:sent|wrote)\b.*\b(?:messages?|letters?|telegrams?|cables?|notes?)\sto\s")
_INDEPENDENCE = re.compile(r"\s(?:(?:its|their|full|unilateral|formal)\s)*independence\b")
_HEAD_END = re.compile(
    r"\s(?:of|in|over|by|to|from|with|for|on|at|that|which|released|taken|published|signed|between|about)\b|,"
)
_PICTURE = re.compile(
    r"\b(?:imagery|images?|photo(?:graph)?s?|footage|pictures?|videos?|maps?|radar|sensors?|satellites?)$",
    re.IGNORECASE,
)
_IMPERSONAL = re.compile(
    r"\b(?:orders?|disputes?|cris[ie]s|conflicts?|wars?|moves?|laws?|bills?|decisions?|plans?|deals?|rows?|standoffs?|"
    r"violence|fighting|tensions?|droughts?|storms?|floods?|virus|pandemic|outbreak|attacks?|measures?|sanctions?|strikes?|split|"
    r"scandals?|resolutions?|situation|changes?|crackdown|offensive|spat|rifts?|delays?|shortages?|pollution|projects?|"
    r"issues?|polic(?:y|ies)|missiles?|weapons?|tariffs?|ban|blockade|collapse|debts?|inflation|incidents?|famine|it)$",
    re.IGNORECASE,
)
_TELLS = frozenset({"told", "tell", "tells", "telling"})
_TOPIC = re.compile(r"(?:(?!that\b)[\w’'-]+\s){0,4}(?:what|how|why|where|when|who)\s")
_TOPIC_CLAUSE = re.compile(r"what\s[a-z]+ed\s(?:[\w’'-]+\s){0,8}?(?:is|are|was|were|will|would)\b")
_LONGEST_HEADING = 14
_LONGEST_NAME = 60
_SHORTEST_CLAUSE = 12
_FRAGMENT = 3
_ARRANGED = re.compile(r"to\s+(?:meet|speak|talk|stay|remain|continue|hold|keep)\b", re.IGNORECASE)


def sift(
    text: str, sentences: Sequence[Span], quotations: Sequence[Quotation], attributions: Iterable[Attribution]
) -> list[Attribution]:
    """The attributions that are statements, each with its source where the sentence names it.

    Left out are silence (`declined to comment`, `did not say which`), passives (`accused of theft`), answers to
    `when asked`, and words that only look like a cue. `Accusing Oslo of delay, the envoy said ...` gives the participle
    the envoy as its source. A medium that passes on somebody else's words hands the source over to them.
    """
    attributions = [_labelled(text, attribution) for attribution in attributions]
    near = [
        replace(
            attribution,
            source=_as_medium(text, sentences, attribution) or _whole_source(text, attribution),
            cue=_known_cue(text, attribution),
            content=tuple(_beside_cue(text, attribution)),
        )
        for attribution in attributions
    ]
    near = [
        part for each in _claims_dismissed(text, near) for part in _either_side(text, _cited(text, sentences, each))
    ]
    near = [part for each in near for part in _fronted_apart(text, each)]
    near = [part for each in near for part in _quotation_apart(text, quotations, each)]
    near = [part for each in near for part in _acts_apart(text, quotations, each)]
    near = [part for each in near for part in _named_by_relative(text, quotations, each)]
    near = [_with_tail(text, sentences, quotations, each) for each in near]
    near = [replace(each, content=tuple(_without_own_words(text, sentences, each.content))) for each in near]
    speech = [attribution for attribution in near if _is_speech(text, quotations, attribution)]
    sourced = [_with_source(text, sentences, attribution, speech) for attribution in speech]
    found = [inner for attribution in sourced for inner in _unwrapped(text, sentences, quotations, attribution)]
    found = _denials_apart(text, sentences, quotations, found)
    found += _fronted_acts(text, sentences, quotations, found)
    found += _forgotten_quotations(text, sentences, quotations, found)
    return found + _forgotten_acts(text, sentences, quotations, attributions, found)


def _denials_apart(
    text: str, sentences: Sequence[Span], quotations: Sequence[Quotation], found: Sequence[Attribution]
) -> list[Attribution]:
    """`..., a charge denied by Oslo` and `..., claims Oslo denies`: a denial of its own, and no part of the charge."""
    result = list(found)
    for sentence in sentences:
        denial = _DENIAL.search(text, *sentence)
        if denial is None or any(each.outer.overlaps(Span(*denial.span())) for each in quotations):
            continue
        form = "active" if denial["active"] else "passive"
        whole = Span(*denial.span("words"))
        others = (each for each in result if not any(whole.overlaps(part) for part in each.cue))
        rest = [_cut_off(each, Span(*denial.span())) for each in others]
        cue, source = Span(*denial.span(f"{form}_cue")), Span(*denial.span(form))
        result = [each for each in rest if each.content] + [
            Attribution((source,), (cue,), (whole,), 0.7, "rule-denial")
        ]
    return result


def _cut_off(attribution: Attribution, span: Span) -> Attribution:
    """The attribution without the words in a span and behind it, as far as its contents reach into it."""
    content = (Span(each.start, span.start) if each.overlaps(span) else each for each in attribution.content)
    return replace(attribution, content=tuple(each for each in content if each.start < each.end))


def _fronted_acts(
    text: str, sentences: Sequence[Span], quotations: Sequence[Quotation], found: Sequence[Attribution]
) -> list[Attribution]:
    """`Echoing an appeal for calm, the envoy said ...`: an act in front, which the engine passed over."""
    acts = []
    for sentence in sentences:
        front = _fronted_act().match(text, *sentence)
        whole = Span(*front.span()) if front else sentence
        taken = any(whole.overlaps(part) for each in found for part in (*each.content, *each.cue))
        if front is None or taken or any(whole.overlaps(each.outer) for each in quotations):
            continue
        behind = next((each for each in found if each.source and each.source[0].start == whole.end), None)
        if behind and behind.cue:
            cue = Span(*front.span("cue"))
            acts.append(Attribution(behind.source, (cue,), (Span(cue.end, front.end("content")),), 0.6, "rule-act"))
    return acts


@cache
def _fronted_act() -> re.Pattern[str]:
    """A participle of a verb of speech that takes no clause, at the head of a sentence, with its object."""
    acts = (cue.forms for cue in lexicon().values() if cue.frame == "act" and "attention" not in cue.forms[0])
    forms = {form for each in acts for form in each if form.split()[0].endswith("ing")}
    verbs = "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
    return re.compile(rf"(?:(?:While|Whilst)\s)?(?P<cue>(?i:{verbs}))(?!{_GUESTS})(?P<content>\s[^,;:\n]{{8,160}}),\s")


def _forgotten_quotations(
    text: str, sentences: Sequence[Span], quotations: Sequence[Quotation], found: Sequence[Attribution]
) -> list[Attribution]:
    """Quotations inside a sentence that the engine passed over, where cue and source stand beside them."""
    claimed = [span for attribution in found for span in attribution.content]
    forgotten = [
        quotation
        for quotation in quotations
        if len(quotation.inner.of(text).split()) >= _FRAGMENT
        and not any(quotation.outer.overlaps(span) for span in claimed)
    ]
    holding = [sentence for sentence in sentences if any(sentence.overlaps(quotation.outer) for quotation in forgotten)]
    return [
        attribution
        for attribution in attributions_by_rule(text, holding, quotations)
        if any(quotation.outer.overlaps(span) for quotation in forgotten for span in attribution.content)
    ]


def _forgotten_acts(
    text: str,
    sentences: Sequence[Span],
    quotations: Sequence[Quotation],
    marked: Sequence[Attribution],
    found: Sequence[Attribution],
) -> list[Attribution]:
    """`He also urged Peru to sign`, `She underlined that ...`: sentences in which the engine marked nothing at all."""
    taken = [span for each in (*marked, *found) for span in (*each.content, *each.cue)]
    acts = []
    for sentence in sentences:
        act = _act().match(text, sentence.start, sentence.end) or _COURTESY.match(text, sentence.start, sentence.end)
        if act and not any(sentence.overlaps(span) for span in taken):
            source, cue = Span(*act.span("source")), Span(*act.span("cue"))
            further = _WISHES.search(text, act.end(), sentence.end)
            stop = further.start() if further else sentence.end
            acts.append(Attribution((source,), (cue,), (Span(act.end(), stop),), 0.6, "rule-act"))
            if further:
                wish = Span(*further.span("cue"))
                acts.append(Attribution((source,), (wish,), (Span(further.end(), sentence.end),), 0.6, "rule-act"))
    return [part for each in acts for part in _acts_apart(text, quotations, each)]


@cache
def _act() -> re.Pattern[str]:
    """A subject and, right behind it, the past tense of a verb of speech that needs no `that`, or has its `that`."""
    cues = lexicon().values()
    acts = "|".join(
        sorted(
            {re.escape(verb) for cue in cues if cue.frame == "act" for verb in _past(cue)}
            - {re.escape("spoke against")}
        )
    )
    verbs = "|".join(sorted({re.escape(verb) for cue in cues for verb in _past(cue)}))
    name = r"[A-ZÀ-Þ][\w’'-]+(?:\s(?:[a-z]{1,3}\s)?[A-ZÀ-Þ][\w’'-]+){0,6}"
    subject = rf"He|She|They|(?:The|Both)\s(?:(?!(?:that|which|whom?)\b)[\w’'-]+\s){{0,4}}?[\w’'-]+|{name}"
    return re.compile(
        rf"(?P<source>{subject})(?:,\sfor\s(?:his|her|its|their)\spart,)?\s(?:(?:also|further|then|later)\s)?(?P<cue>(?:{acts})(?=\s)|(?:{verbs})(?=\sthat\b))\s"
    )


def _whole_source(text: str, attribution: Attribution) -> tuple[Span, ...]:
    """The source without words that do not belong to it, with the body and the name that belong to it.

    Example:
        Of `Togo's envoy to Peru, Ana Lee, said` a source `Togo's envoy` becomes `Togo's envoy to Peru, Ana Lee`, of
        `The forest department denied it` a source `The` becomes `The forest department`.
    """
    if not attribution.source:
        return ()
    start, end = attribution.source[0].start, attribution.source[-1].end
    if _ARTICLE.fullmatch(text, start, end) and (rest := _REST_OF_NAME.match(text, end)):
        end = rest.end()
    cut_off = " " not in text[start:end] and attribution.cue and attribution.cue[0].start > end
    if cut_off and (rest := _REST_OF_SUBJECT.fullmatch(text, start, attribution.cue[0].start)):
        end = rest.end(1)
    for tail in (_SOURCE_TAIL, _DAY_TAIL):
        if found := tail.search(text[start:end]):
            end = start + found.start()
    if _NO_NAME.fullmatch(text, start, end):
        return ()
    if lead := _TIME_LEAD.match(text, start, end):
        start = lead.end()
    if complement := _COMPLEMENT.match(text, end):
        end = complement.end()
    if attribution.cue and (name := _APPOSED.match(text, end, max(end, attribution.cue[0].start))):
        end = name.end(1)
    return (Span(start, end),)


def _as_medium(text: str, sentences: Sequence[Span], attribution: Attribution) -> tuple[Span, ...]:
    """The medium of `As 24.kg reported, the envoy denied the charge`, whatever source the engine marked."""
    if not attribution.cue:
        return ()
    cue = attribution.cue[0]
    sentence = next((each for each in sentences if each.overlaps(cue)), cue)
    found = _AS_MEDIUM.fullmatch(text, sentence.start, max(sentence.start, cue.start))
    return (Span(*found.span("source")),) if found else ()


def _labelled(text: str, attribution: Attribution) -> Attribution:
    """`Quote: "..."`: the label is no cue; whom it or the line `Source: President Ana Lee` names has the word."""
    cue = attribution.cue
    label = quote_label(text, attribution.content[0].start) or (quote_label(text, cue[0].end + 1) if cue else None)
    if label is None:
        return attribution
    who = label[1] or named_source(text, label[0].start)
    known = who is not None and (label[1] or not _is_medium(text, who))
    return replace(attribution, source=(who,) if who and known else (), cue=())


def _known_cue(text: str, attribution: Attribution) -> tuple[Span, ...]:
    """The cue; where the engine took `also` for it, the verb of speech between source and content."""
    source, cue, content = attribution.source, attribution.cue, attribution.content
    if not cue or not source or is_known(text, cue[0]) or content[0].start < source[-1].end:
        return cue
    found = cue_pattern().search(text, source[-1].end, content[0].start)
    beside = found and min(abs(found.start() - cue[0].end), abs(cue[0].start - found.end())) <= 1
    return (Span(*found.span()),) if found and (beside or cue[0].covers(Span(*found.span()))) else cue


def _beside_cue(text: str, attribution: Attribution) -> Sequence[Span]:
    """The contents in the paragraph of the cue; all of them, each to the end of its paragraph, where none is there.

    Quotations of other paragraphs are statements of their own, which nobody loses: see `join_split_quotations`.
    """
    if not attribution.cue:
        return attribution.content
    at = attribution.cue[0].start
    paragraph = Span(text.rfind("\n", 0, at) + 1, _line_end(text, Span(at, len(text))))
    said = [each for each in attribution.content if each.of(text).strip(" ,") != "that"] or attribution.content
    clipped = [Span(max(each.start, paragraph.start), min(each.end, paragraph.end)) for each in said]
    near = [_completed(text, span, paragraph.end) for span in clipped if span.of(text).strip()]
    if near and _URGES.search(attribution.cue[0].of(text)) and " to " not in near[-1].of(text):
        errand = _ERRAND.match(text, near[-1].end, paragraph.end)
        near[-1] = Span(near[-1].start, errand.end() if errand else near[-1].end)
    return near or [Span(span.start, _line_end(text, span)) for span in attribution.content]


def _completed(text: str, span: Span, limit: int) -> Span:
    """A content that the engine cut off behind a word that cannot end it reaches to the end of its clause."""
    words = span.of(text)
    if words.count("(") > words.count(")") and (bracket := text.find(")", span.end, limit)) >= 0:
        span = Span(span.start, bracket + 1)
    if not _UNFINISHED.search(text, span.start, span.end):
        return span
    stop = _CLAUSE_END.search(text, span.end, limit)
    return Span(span.start, stop.start() if stop else limit)


def _line_end(text: str, span: Span) -> int:
    """The end of the span, or of the paragraph in which it begins."""
    line_break = text.find("\n", span.start, span.end)
    return span.end if line_break < 0 else line_break


def _is_speech(text: str, quotations: Sequence[Quotation], attribution: Attribution) -> bool:
    quoted = [each for each in quotations if any(each.outer.overlaps(span) for span in attribution.content)]
    if not attribution.cue:
        return bool(quoted)
    cue = attribution.cue[0]
    content = text[attribution.content[0].start : attribution.content[-1].end]
    before = text[max(0, cue.start - 24) : cue.start].rpartition(".")[2].rpartition("\n")[2]
    asked = f"{before}{cue.of(text)}".lstrip('"”’» ')
    if _ASKED.search(asked) or _QUESTION_PUT.match(text, cue.start - 2) or _NO_WORDS.match(content):
        return False
    if cue.of(text).lower().endswith("agreed") and _ARRANGED.match(content):
        return False
    if quoted:
        return is_known(text, cue) or any(len(each.inner.of(text).split()) >= _FRAGMENT for each in quoted)
    known = is_known(text, cue) or bool(_HELD.match(text, cue.start) or _courtesy(text, cue))
    known = known and not _KEPT_SILENT.search(cue.of(text)) and not _is_silence(text, cue, before)
    return known and not _is_no_act(text, attribution) and not _is_no_speech(text, attribution, content)


def _courtesy(text: str, cue: Span) -> bool:
    """`again extended his condolences`, `appealed on Monday for calm`: the cue or its last word begins one."""
    last = cue.start + cue.of(text).rfind(" ") + 1
    return any(_COURTESY_VERB.match(text, at) for at in (cue.start, last)) or bool(_APPEALED.match(text, cue.start))


def _fronted_apart(text: str, attribution: Attribution) -> Iterator[Attribution]:
    """`Calling it a farce, the envoy said the plan was dead`: two statements, where the engine saw one."""
    first, *rest = attribution.content
    participle = _FRONTED.search(text, max(0, first.start - 20), first.start)
    if rest and participle and is_known(text, cue := Span(*participle.span("cue"))):
        yield replace(attribution, cue=(cue,), content=(first,))
        yield replace(attribution, content=tuple(rest))
    else:
        yield attribution


def _acts_apart(text: str, quotations: Sequence[Quotation], attribution: Attribution) -> Iterator[Attribution]:
    """`said it was over and warned against delay`: a second act of speech, where the engine read on."""
    *before, last = attribution.content
    if attribution.cue and attribution.cue[0].end <= last.start:
        for found in _second_act().finditer(text, last.start + _SHORTEST_CLAUSE, last.end):
            cue = Span(*found.span("cue"))
            if not any(quotation.outer.overlaps(cue) for quotation in quotations):
                yield replace(attribution, content=(*before, Span(last.start, found.start())))
                yield replace(attribution, cue=(cue,), content=(Span(found.end(), last.end),))
                return
    yield attribution


def _cited(text: str, sentences: Sequence[Span], attribution: Attribution) -> Attribution:
    """`TASS cited him as saying`: the cue in full, of which the engine took a part for content."""
    found = _CITED.match(text, attribution.cue[0].start) if attribution.cue else None
    if found is None:
        return attribution
    cue = Span(*found.span())
    content = tuple(each for each in attribution.content if not cue.overlaps(each))
    if not content and attribution.source and attribution.source[0].end <= cue.start:
        sentence = next((each for each in sentences if each.covers(cue)), cue)
        before = text[sentence.start : attribution.source[0].start]
        content = (Span(sentence.start, sentence.start + len(before.rstrip(", "))),) if before.endswith(", ") else ()
    return replace(attribution, cue=(cue,), content=content) if content else attribution


def _either_side(text: str, attribution: Attribution) -> Iterator[Attribution]:
    """`"It will sail," she stressed that the port was open`: a quotation, and a clause of its own."""
    cue = attribution.cue[0] if attribution.cue else None
    before = tuple(each for each in attribution.content if cue and each.end <= cue.start)
    behind = tuple(each for each in attribution.content if cue and each.start >= cue.end)
    if before and behind and text[before[-1].end - 1] in '”"' and text.startswith("that ", behind[0].start):
        yield replace(attribution, content=before)
        yield replace(attribution, content=behind)
    else:
        yield attribution


def _claims_dismissed(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """`dismissed the envoy's claims that it was over`: one dismissal, where the engine saw the claim apart."""
    result: list[Attribution] = []
    for each in attributions:
        last = result[-1] if result else None
        if last and last.cue and each.cue and each.source and _dismisses(text, last, each):
            content = (*last.content[:-1], Span(last.content[-1].start, each.content[-1].end))
            result[-1] = replace(last, content=content)
        else:
            result.append(each)
    return result


def _dismisses(text: str, outer: Attribution, inner: Attribution) -> bool:
    """Whether what `inner` says is the object of a verb such as `dismissed`, named by a noun such as `claims`."""
    verb = lexicon().get(outer.cue[0].of(text).lower().split()[-1])
    end, cue = outer.content[-1].end, inner.cue[0]
    between = text[end : cue.start]
    turned = verb is not None and verb.sense == "turning"
    return bool(
        turned
        and _CLAIMED.fullmatch(cue.of(text))
        and outer.cue[0].end <= outer.content[-1].start
        and end <= cue.start <= inner.content[0].start
        and not re.search(r"[,;:.!?\n]|\b(?:and|but|while|as|who|which)\b", between.replace("(", "").replace(")", ""))
    )


def _is_act(text: str, attribution: Attribution) -> bool:
    """Whether the cue stands before its content and is a verb that takes no clause: `rejected`."""
    verb = lexicon().get(attribution.cue[0].of(text).lower().split()[-1]) if attribution.cue else None
    return bool(verb and verb.frame == "act" and attribution.cue[0].end <= attribution.content[-1].start)


def _named_by_relative(text: str, quotations: Sequence[Quotation], attribution: Attribution) -> Iterator[Attribution]:
    """`thanked the crew, whom he called "the best of us"`: the relative clause is a second act of the same speaker."""
    *before, last = attribution.content
    patterns = (_RELATIVE_ACT, _HOLDING, _WISHES, *([_TERMING] if _is_act(text, attribution) else []))
    found = next(filter(None, (act.search(text, *last) for act in patterns)), None)
    if found and not any(quotation.outer.overlaps(Span(*found.span("cue"))) for quotation in quotations):
        yield replace(attribution, content=(*before, Span(last.start, found.start())))
        yield replace(attribution, cue=(Span(*found.span("cue")),), content=(Span(found.end(), last.end),))
    else:
        yield attribution


def _quotation_apart(text: str, quotations: Sequence[Quotation], attribution: Attribution) -> Iterator[Attribution]:
    """`wants the ports closed: "Not a box."`: the quotation behind the colon is a statement of its own."""
    *before, last = attribution.content
    cue = attribution.cue
    for quotation in quotations:
        lead = text[last.start : quotation.outer.start]
        opens = quotation.inner.of(text)[:1].isupper() and len(quotation.inner.of(text).split()) >= _FRAGMENT
        if cue and cue[0].end <= last.start and last.covers(quotation.outer) and opens and _COLON_LEAD.search(lead):
            yield replace(attribution, content=(*before, Span(last.start, last.start + len(lead.rstrip(": ")))))
            yield replace(attribution, cue=(), content=(quotation.outer,))
            return
    yield attribution


def _with_tail(
    text: str, sentences: Sequence[Span], quotations: Sequence[Quotation], attribution: Attribution
) -> Attribution:
    """`It could sail, he said, if nobody objected`: the clause goes on behind its attribution."""
    if not (attribution.cue and attribution.source and attribution.content):
        return attribution
    last = attribution.content[-1]
    behind = max(attribution.cue[0].end, attribution.source[-1].end)
    sentence = next((each for each in sentences if each.overlaps(last)), last)
    found = _TAIL.match(text, behind, sentence.end)
    if last.end > min(attribution.cue[0].start, attribution.source[0].start) or found is None:
        return attribution
    tail = Span(found.start("tail"), sentence.end)
    goes_on = found["tail"].startswith(("and", "although", "even though"))
    spoken = (goes_on and cue_pattern().search(text, *tail)) or any(each.outer.overlaps(tail) for each in quotations)
    return attribution if spoken else replace(attribution, content=(*attribution.content, tail))


@cache
def _second_act() -> re.Pattern[str]:
    """`and` before a verb in the past tense that takes no clause, or turns the meaning, or has its `that` behind it."""
    cues = lexicon().values()
    past = {verb for cue in cues if cue.frame == "act" or cue.sense == "turning" for verb in _past(cue)}
    past |= {"promised", "pledged", "vowed", "advised", "recommended", "threatened", "demanded"}
    verbs = "|".join(re.escape(verb) for verb in sorted(past, key=lambda verb: (-len(verb), verb)))
    others = "|".join(sorted({re.escape(verb) for cue in cues for verb in _past(cue)}))
    return re.compile(rf"\s(?:and|but)\s(?:(?:also|later|then)\s)?(?P<cue>{verbs}|(?:{others})(?=\sthat\b))\s")


def _past(cue: Cue) -> set[str]:
    """The past tense in all its spellings: `criticised` and `criticized`."""
    return {form for at, form in enumerate(cue.forms) if at == 2 or (at > 2 and form.split()[0].endswith("ed"))}


def _without_own_words(text: str, sentences: Sequence[Span], content: Sequence[Span]) -> Iterator[Span]:
    """The content on either side of an aside that names the speaker's own words.

    Example:
        `The list, in her words, "is short"` is the clause in two pieces.
    """
    for span in content:
        start = span.start
        if lead := _OWN_WORDS_LEAD.search(text, max(0, start - 40), start):
            sentence = next((each for each in sentences if each.start < lead.start() and each.covers(span)), None)
            if sentence and not is_known(text, Span(sentence.start, lead.start())):
                yield Span(sentence.start, lead.start())
        for aside in _OWN_WORDS.finditer(text, start, span.end):
            yield Span(start, aside.start())
            start = aside.end()
        yield Span(start, span.end)


def _is_silence(text: str, cue: Span, before: str) -> bool:
    """`did not say which`: nothing was said."""
    return bool(_NEGATED.search(f"{before}{cue.of(text)}"[-28:]) and _SILENT.search(cue.of(text)))


def _is_no_act(text: str, attribution: Attribution) -> bool:
    """`accused of theft`, `is expected to`, `met to consider`: the subject says nothing."""
    cue = attribution.cue[0]
    words = cue.of(text)
    accused = words.lower().endswith(("accused", "suspected", "blamed")) and _PASSIVE.match(text, cue.end)
    purpose = _PURPOSE.search(words) and not is_known(text, _first_word(text, cue))
    sent = purpose and _SENT.match(words)
    founded = words.lower().endswith(("declared", "declares", "declaring")) and _INDEPENDENCE.match(text, cue.end)
    if not attribution.source and _EDITORIAL.match(words):
        return True
    if founded or _is_thing(text, attribution) or _in_heading(text, cue):
        return True
    minuted = bool(_MINUTED.match(text, max(0, cue.start - len("It ")))) or bool(
        _STRESSED.fullmatch(words) and attribution.content[-1].end <= cue.start
    )
    passive = not attribution.source and _WEAK_PASSIVE.match(words) and not minuted
    return bool(accused or (purpose and not sent) or passive)


def _is_thing(text: str, attribution: Attribution) -> bool:
    """`Satellite images show ...` and `The dispute threatens to ...`: nobody speaks."""
    if not attribution.source:
        return False
    who = _HEAD_END.split(attribution.source[0].of(text), maxsplit=1)[0]
    if attribution.cue[0].of(text).lower().split()[-1].startswith("threaten"):
        return _IMPERSONAL.search(who) is not None
    return _PICTURE.search(who) is not None


def _in_heading(text: str, cue: Span) -> bool:
    """Whether the cue stands, in the present tense, in a short line without a full stop: a heading."""
    line = Span(text.rfind("\n", 0, cue.start) + 1, _line_end(text, Span(cue.start, len(text))))
    words = line.of(text).strip()
    short = len(words.split()) <= _LONGEST_HEADING and words[-1:].isalnum() and text.find("\n", line.end) >= 0
    return short and re.fullmatch(r"(?:\w+\s)*\w+s(?:\s(?:on|for|to|that))?", cue.of(text)) is not None


def _is_no_speech(text: str, attribution: Attribution, content: str) -> bool:
    """A question (`asked why`), what nobody said, a claim to land, a position, a crowd's fear, `ordered a raid`."""
    words = attribution.cue[0].of(text)
    who = attribution.source[0].of(text) if attribution.source else ""
    asks = words.lower().split()[-1] in _QUESTIONS and _QUESTION_WORD.match(content)
    claim = _CLAIM.search(words) and not (is_clause(content) or _CLAIMED_ACT.match(content))
    comment = words.lower().startswith("comment") and words.lower().endswith(" on")
    told = words.lower().split()[-1] in _TELLS and _TOPIC.match(content) and not _TOPIC_CLAUSE.match(content)
    crowd = _DREAD.search(words) and _CROWD.match(who)
    position = _POSITION.search(words) and not content.startswith("that ")
    removal = "ordered" in words.lower().split() and not _COMMAND.match(content)
    cue = attribution.cue[0]
    leads_in = attribution.content[-1].end <= cue.start and text[cue.end - 1 : cue.end + 1].rstrip().endswith(":")
    circumstance = leads_in and _CIRCUMSTANCE.match(content)
    return bool(asks or comment or told or claim or crowd or position or removal or circumstance or _NOBODY.match(who))


def _first_word(text: str, cue: Span) -> Span:
    """The first two words of the cue, in which its verb stands: `went on`, `met today`."""
    words = list(re.finditer(r"\w+", cue.of(text)))
    return Span(cue.start, cue.start + words[min(1, len(words) - 1)].end())


def _with_source(
    text: str, sentences: Sequence[Span], attribution: Attribution, others: Sequence[Attribution]
) -> Attribution:
    """Lends an attribution without a source, or a participle with one far off, that of the nearest in its sentence."""
    if not attribution.cue:
        return attribution
    cue = attribution.cue[0]
    sentence = next((sentence for sentence in sentences if sentence.overlaps(cue)), cue)
    participle = cue.of(text).split()[0].endswith("ing")
    if attribution.source and (not participle or sentence.covers(attribution.source[0])):
        return attribution
    named = [other.source for other in others if other.source and sentence.covers(other.source[0])]
    if not named:
        return attribution
    nearest = min(named, key=lambda source: (source[0].start > cue.start, abs(source[0].start - cue.start)))
    return replace(attribution, source=nearest)


def _unwrapped(
    text: str, sentences: Sequence[Span], quotations: Sequence[Quotation], attribution: Attribution
) -> Iterator[Attribution]:
    """`Xinhua said Wang urged Oslo to wait` and `Wang said he would wait, Xinhua said`: the words are Wang's."""
    if attribution.cue:
        inner_words = _attributed_before(text, sentences, attribution)
        if inner_words is not None:
            yield replace(inner_words, score=attribution.score * 0.9)
            return
    if attribution.source and attribution.cue and _passes_on(text, attribution):
        passed_on = _passed_on(text, sentences, attribution)
        quoted = any(each.outer.covers(attribution.content[0]) for each in quotations)
        if len(attribution.content) == 1 and "\n" not in passed_on.of(text) and not quoted:
            outside = [quotation for quotation in quotations if not quotation.outer.covers(passed_on)]
            rules = attributions_by_rule(text, [passed_on], outside)
            inner = [found for found in rules if _speaks_within(text, passed_on, found)]
            if inner:
                yield from (replace(found, score=attribution.score * 0.9, method="tagger-unwrapped") for found in inner)
                return
    if not _is_signature(text, quotations, attribution):
        yield attribution


def _is_signature(text: str, quotations: Sequence[Quotation], attribution: Attribution) -> bool:
    """`The ministers met in Lima, Trend reports`: an agency signs what it narrates."""
    if not attribution.cue or not attribution.source or _SIGNS.fullmatch(attribution.cue[0].of(text)) is None:
        return False
    quoted = any(each.outer.overlaps(span) for each in quotations for span in attribution.content)
    behind = attribution.content[-1].end <= attribution.source[0].start < attribution.cue[0].start
    known = _is_medium(text, attribution.source[0]) or attribution.source[0].of(text).count(" ") < _FRAGMENT
    return behind and not quoted and known


def _attributed_before(text: str, sentences: Sequence[Span], attribution: Attribution) -> Attribution | None:
    """`The port is shut, Lee said at a briefing, Xinhua reports`: the words are Lee's."""
    cue = attribution.cue[0]
    sentence = next((each for each in sentences if each.covers(cue)), None)
    stop = min(span.start for span in (cue, *attribution.source))
    if sentence is None or stop == sentence.start or not _outlets_verb(text, attribution):
        return None
    found = _SAID_BEFORE.search(text, sentence.start, stop)
    if found is None or "\n" in found.group():
        return None
    if found.start() - sentence.start < _SHORTEST_CLAUSE and text[sentence.start] not in MARKS:
        return None
    first = attribution.content[0].start
    content = Span(first if first < found.start() else sentence.start, found.start("source") - 1)
    if _ADJUNCT_ALONE.fullmatch(content.of(text)):
        return None
    who, verb = Span(*found.span("source")), Span(*found.span("cue"))
    return Attribution((who,), (verb,), (content,), attribution.score, "tagger-unwrapped")


def _outlets_verb(text: str, attribution: Attribution) -> bool:
    """Whether the cue passes words on: a medium's or a document's, or `reports` and `informs`, of whomever."""
    cue = attribution.cue[0]
    if _REPORTS.fullmatch(cue.of(text)):
        return bool(attribution.source)
    source = attribution.source or (Span(cue.end, _line_end(text, Span(cue.end, cue.end + _LONGEST_NAME))),)
    return _is_medium(text, source[0]) and (bool(attribution.source) or cue.of(text).lower() == "according to")


def _passed_on(text: str, sentences: Sequence[Span], attribution: Attribution) -> Span:
    """All that a medium passes on: the content, or the sentence up to the comma before a medium that stands behind."""
    first = attribution.content[0]
    medium = min(attribution.source[0].start, attribution.cue[0].start)
    if first.end > medium:
        that = _THAT.match(text, *first)
        return Span(that.end() if that else first.start, first.end)
    sentence = next((sentence for sentence in sentences if sentence.overlaps(first)), first)
    start = min(sentence.start, first.start)
    opening = _CONJUNCTION.match(text, start, first.end)
    return Span(opening.end() if opening else start, max(first.end, text.rfind(",", first.end, medium)))


def _speaks_within(text: str, passed_on: Span, found: Attribution) -> bool:
    """Whether the source opens what is passed on, or stands right behind its own words there."""
    source = found.source[0]
    if _AUXILIARY.search(source.of(text)):
        return False
    opens = source.start <= passed_on.start + 5 or _FRONT.fullmatch(text, passed_on.start, source.start)
    words = found.content[0]
    before = words.start == passed_on.start and found.content[-1].end <= source.start
    return bool(opens) or (before and (found.method == "rule-quotation" or is_clause(words.of(text))))


def _passes_on(text: str, attribution: Attribution) -> bool:
    """A medium, or a document that the sentence names as the place where somebody's words stand."""
    source = attribution.source[0]
    signed = _SIGNED.match(text, source.start) and attribution.content[-1].end <= source.start
    return bool(signed) or _is_medium(text, source)


def _is_medium(text: str, source: Span) -> bool:
    """Whether a phrase names a medium, its bureau, or a document without its issuer."""
    outlet = _media().find(text, *source) or _OUTLET.match(text, *source) or _BUREAU.match(text, *source)
    document = _DOCUMENT.match(text, *source)
    return bool(outlet) or (document is not None and not _ISSUED_BY.match(text, document.end(), source.end))


@cache
def _media() -> PhraseIndex[str]:
    return PhraseIndex(
        (row["form"], row["name"]) for row in rows("media") if row["kind"] in ("agency", "broadcaster", "newspaper")
    )
