"""Quotes and their speakers, on invented sentences in many languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_extract.languages import find_language
from article_extract.page import Passage
from article_extract.stages.quotes import list_quotes, quotes_in
from article_extract.stages.quotes.marks import find_spans, has_reversed_guillemets


def spans_of(text: str) -> list[str]:
    return [text[s.start : s.end] for s in find_spans(text, reversed_guillemets=has_reversed_guillemets(text))]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        pytest.param("Sie sagte: „Wir kommen.“", ["Wir kommen."], id="German low and high"),
        pytest.param('Er sagte: „Wir kommen."', ["Wir kommen."], id="German closed by a straight mark"),
        pytest.param("“We won,” she said.", ["We won,"], id="English"),
        pytest.param('"We won," she said, "at last."', ["We won,", "at last."], id="straight, split"),
        pytest.param("Elle parle d’un « vrai départ ».", ["vrai départ"], id="French with spaces"),
        pytest.param("Elle parle d’un «\u00a0vrai départ\u00a0».", ["vrai départ"], id="French with no-break spaces"),
        pytest.param("Er nannte es »einen Anfang«.", ["einen Anfang"], id="reversed guillemets"),
        pytest.param("«Nunca», dijo.", ["Nunca"], id="Spanish guillemets"),
        pytest.param("Das ›Dorf‹ schweigt.", ["Dorf"], id="single guillemets"),
        pytest.param("「雨が降った」と話した。", ["雨が降った"], id="corner brackets"),
        pytest.param("『海』を読んだ。", ["海"], id="white corner brackets"),
        pytest.param("他说：“下雨了。”", ["下雨了。"], id="Chinese, closing mark before a letter"),
        pytest.param("“下雨了。”老王说。", ["下雨了。"], id="Chinese, closing mark glued to the next word"),
        pytest.param("Hon sa: ”Vi vann.”", ["Vi vann."], id="Swedish, the same mark twice"),
        pytest.param("»Me voitimme», hän sanoi.", ["Me voitimme"], id="Finnish, the same guillemet twice"),
        pytest.param("'It rained,' he said.", ["It rained,"], id="single straight marks"),
        pytest.param("‘It’s raining,’ he said.", ["It’s raining,"], id="apostrophe within single marks"),
        pytest.param("The dogs' owner and the cats' owner didn't come.", [], id="apostrophes are not quotes"),
        pytest.param("The board is 10\" wide and 6' long.", [], id="inches and feet"),
        pytest.param('צה"ל הודיע שמנכ"לית החברה התפטרה.', [], id="Hebrew acronyms"),
        pytest.param('הוא אמר ש"הכול בסדר" והלך.', ["הכול בסדר"], id="Hebrew prefix before the mark"),
        pytest.param('التزم بـ"وحدة المدينة" أمس.', ["وحدة المدينة"], id="Arabic prefix before the mark"),
        pytest.param("“He told me ‘no’ twice,” she said.", ["He told me ‘no’ twice,"], id="nested single in double"),
        pytest.param(
            "« Il m’a dit “non” hier », dit-elle.", ["Il m’a dit “non” hier"], id="nested double in guillemets"
        ),
        pytest.param(
            "«Он сказал: «Нет» и ушёл», — вспоминает она.", ["Он сказал: «Нет» и ушёл"], id="nested guillemets"
        ),
        pytest.param("A “red one and a “blue” one.", ["blue"], id="a mark that is never closed"),
        pytest.param(',,Idziemy" – powiedział.', ["Idziemy"], id="two commas as a low mark"),
        pytest.param('He said "" and left.', [], id="empty"),
    ],
)
def test_spans(text: str, inner: list[str]) -> None:
    assert spans_of(text) == inner


Case = tuple[str, list[str], list[tuple[str, str]]]

SPEAKERS: list[Case] = [
    ("en", ["“The bridge is safe,” said Ann Lee, the town’s chief engineer."], [("The bridge is safe,", "Ann Lee")]),
    ("en", ["Ann Lee told reporters: “The bridge is safe.”"], [("The bridge is safe.", "Ann Lee")]),
    (
        "en",
        ["“The bridge,” Mayor Bo Ruiz said, “is safe.”"],
        [("The bridge,", "Bo Ruiz"), ("is safe.", "Bo Ruiz")],
    ),
    (
        "en",
        ["Ann Lee, an expert at the Harbour Institute, said the plan was “a gamble”. “It may work,” she said."],
        [("a gamble", "Ann Lee"), ("It may work,", "Ann Lee")],
    ),
    (
        "en",
        ["Carla Ortiz, 44, disagreed.", "“I would stay,” she told the paper. “So would my son.”", "“We all would.”"],
        [("I would stay,", "Carla Ortiz"), ("So would my son.", "Carla Ortiz"), ("We all would.", "Carla Ortiz")],
    ),
    ("en", ["According to the report, the dam is “in poor repair”."], [("in poor repair", "the report")]),
    (
        "en",
        ["President Mara Quill spoke first.", "“No more delays,” the president said."],
        [("No more delays,", "Mara Quill")],
    ),
    ("de", ["„Die Brücke hält“, sagte Bürgermeisterin Petra Vogt am Montag."], [("Die Brücke hält", "Petra Vogt")]),
    (
        "de",
        ["Trainer Uwe Brandt war zufrieden.", "„Wir haben gut gespielt“, sagte der Trainer. „Das zählt.“"],
        [("Wir haben gut gespielt", "Uwe Brandt"), ("Das zählt.", "Uwe Brandt")],
    ),
    (
        "de",
        ["Laut Umweltministerium ist die Lage „angespannt, aber stabil“."],
        [("angespannt, aber stabil", "Umweltministerium")],
    ),
    (
        "fr",
        ["« La rivière monte, prévient Jeanne Moulin. Il faut partir. »"],
        [("La rivière monte", "Jeanne Moulin"), ("Il faut partir.", "Jeanne Moulin")],
    ),
    ("fr", ["Selon Paul Garnier, la récolte est « très mauvaise »."], [("très mauvaise", "Paul Garnier")]),
    ("es", ["«El río sube», advirtió la alcaldesa Lucía Romero."], [("El río sube", "Lucía Romero")]),
    (
        "es",
        ["—El río sube —advirtió Lucía Romero—. Hay que salir."],
        [("El río sube", "Lucía Romero"), ("Hay que salir.", "Lucía Romero")],
    ),
    ("it", ["«Il fiume sale», ha detto il sindaco Carlo Bassi."], [("Il fiume sale", "Carlo Bassi")]),
    ("pt", ["“O rio está a subir”, disse Marta Lopes."], [("O rio está a subir", "Marta Lopes")]),
    ("nl", ["“Het water stijgt”, zegt burgemeester Joke de Wit."], [("Het water stijgt", "Joke de Wit")]),
    ("sv", ["– Vattnet stiger, säger Karin Holm."], [("Vattnet stiger", "Karin Holm")]),
    ("sv", ["”Vattnet stiger”, skriver Karin Holm på sin blogg."], [("Vattnet stiger", "Karin Holm")]),
    ("no", ["– Vannet stiger, sier ordfører Kari Lund."], [("Vannet stiger", "Kari Lund")]),
    ("da", ["– Vandet stiger, siger Mette Krog."], [("Vandet stiger", "Mette Krog")]),
    (
        "ru",
        ["— Вода поднимается,— сказал мэр Олег Громов.— Надо ехать."],
        [("Вода поднимается", "Олег Громов"), ("Надо ехать.", "Олег Громов")],
    ),
    ("ru", ["«Вода поднимается», — заявила Анна Белова."], [("Вода поднимается", "Анна Белова")]),
    ("uk", ["«Вода піднімається», — сказала Олена Гай."], [("Вода піднімається", "Олена Гай")]),
    ("pl", ["„Woda się podnosi” – powiedziała Anna Lis."], [("Woda się podnosi", "Anna Lis")]),
    ("cs", ["„Voda stoupá,“ uvedl starosta Jan Kos."], [("Voda stoupá,", "Jan Kos")]),
    (
        "tr",
        ['Belediye Başkanı Ayşe Demir, "Su yükseliyor, dikkatli olun" dedi.'],
        [("Su yükseliyor, dikkatli olun", "Ayşe Demir")],
    ),
    ("ar", ['قال وزير الزراعة سامي الحداد إن المحصول "ضعيف جدا هذا العام".'], [("ضعيف جدا هذا العام", "سامي الحداد")]),
    (
        "ar",
        ["قالت مديرة المرصد هدى منصور إن النهر يرتفع.", 'وأضافت: "على السكان أن يغادروا".'],
        [("على السكان أن يغادروا", "هدى منصور")],
    ),
    ("he", ['"המים עולים", אמר ראש העיר דני שחר.'], [("המים עולים", "דני שחר")]),
    ("fa", ["سارا احمدی گفت: «آب بالا می‌آید»."], [("آب بالا می‌آید", "سارا احمدی")]),
    ("hi", ['मेयर रीता शर्मा ने कहा, "पानी बढ़ रहा है।"'], [("पानी बढ़ रहा है।", "रीता शर्मा")]),
    ("zh", ["“水位还在上升。”镇长李小川说。"], [("水位还在上升。", "李小川")]),
    ("zh", ["王大海表示：“水位还在上升。”"], [("水位还在上升。", "王大海")]),
    ("ja", ["山田花子町長は「水位が上がっている」と話した。"], [("水位が上がっている", "山田花子")]),
    ("ko", ['김하늘 시장은 "물이 불어나고 있다"고 말했다.'], [("물이 불어나고 있다", "김하늘")]),
]


@pytest.mark.parametrize(("language", "paragraphs", "expected"), SPEAKERS)
def test_speakers(language: str, paragraphs: list[str], expected: list[tuple[str, str]]) -> None:
    if find_language(language) is None:
        pytest.skip("no file for this language yet")
    found = [(q.text, q.speaker) for q in quotes_in(paragraphs, language=language)]
    assert [text for text, _ in found] == [text for text, _ in expected]
    for (_, got), (_, want) in zip(found, expected, strict=True):
        assert want in (got or "")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("en", "Her novel “The Salt Road” came out in May.", id="title of a work"),
        pytest.param("en", "Joe “Big Hat” Miller opened a shop.", id="nickname"),
        pytest.param("en", "The so-called “green” shelf was empty.", id="scare quote"),
        pytest.param("de", "Der Film „Das stille Tal“ läuft am Freitag.", id="German title"),
        pytest.param("de", "Die Zeitschrift »Garten« erscheint monatlich.", id="name of a paper"),
        pytest.param("fr", "Le film « La Route bleue » sort mercredi.", id="French title"),
        pytest.param("es", "La novela «Mar de sal» se publica hoy.", id="Spanish title"),
        pytest.param("ru", "Газета «Вечерний порт» выходит по средам.", id="Russian paper"),
        pytest.param("pl", "Film „Cicha dolina” wejdzie do kin w piątek.", id="Polish title"),
        pytest.param("sv", "Boken ”Havets salt” kom ut i maj.", id="Swedish title"),
        pytest.param("ar", 'وصل القارب "نجمة البحر" إلى الميناء.', id="Arabic name of a boat"),
        pytest.param("zh", "他们去了“海边人家”饭店。", id="Chinese name"),
        pytest.param("ja", "町は「水の広場」を整備した。", id="Japanese name"),
        pytest.param("it", "Il film «La valle muta» esce venerdì.", id="Italian title"),
        pytest.param("und", "“Zu”", id="too little to be speech"),
    ],
)
def test_look_alikes(language: str, text: str) -> None:
    assert quotes_in([text], language=language) == ()


def test_a_quote_that_reopens_its_mark_is_one_record_a_paragraph() -> None:
    quotes = quotes_in(
        ["“The water rose all night,” said Ann Lee. “We carried the books upstairs.", "“Then the lights went out.”"],
        language="en",
    )
    assert [q.continues for q in quotes] == [False, False, True]
    assert {q.speaker for q in quotes} == {"Ann Lee"}


def test_a_quote_that_closes_two_paragraphs_later() -> None:
    quotes = quotes_in(["Er sagte: „Das Wasser stieg.", "Dann ging das Licht aus.“"], language="de")
    assert [(q.text, q.continues) for q in quotes] == [("Das Wasser stieg.", False), ("Dann ging das Licht aus.", True)]


def test_implicit_tells_whether_the_paragraph_names_the_speaker() -> None:
    quotes = quotes_in(["Ann Lee, 51, was angry.", "“It was late,” she said."], language="en")
    assert [(q.speaker, q.implicit) for q in quotes] == [("Ann Lee", True)]


def test_a_list_with_dashes_is_not_dialogue() -> None:
    assert quotes_in(["- two eggs", "- a cup of flour", "- some milk"], language="en") == ()


def test_a_language_without_a_file_takes_the_nearest_name() -> None:
    quotes = quotes_in(["“Sizobuya kusasa ekuseni,” kusho Thabo Dube."], language="x")
    assert [(q.text, q.speaker) for q in quotes] == [("Sizobuya kusasa ekuseni,", "Thabo Dube")]


def test_passages_keep_their_place() -> None:
    quotes = list_quotes(
        [
            Passage("“Rain is coming,” says Ann Lee", where="heading", block=0),
            Passage("Ann Lee says rain is “days away”.", where="lead"),
            Passage("Stay inside, and stay together.", block=2, kind="block_quote", cite="Ann Lee"),
            Passage("“Rain is coming.”", block=3, kind="pull_quote"),
            Passage("“Rain is coming,” Lee said.", block=4),
        ],
        "en",
    )
    assert [(q.kind, q.where, q.block, q.start) for q in quotes] == [
        ("partial", "lead", None, None),
        ("block", "body", 2, None),
        ("pull", "body", 3, None),
        ("full", "body", 4, 1),
    ]
    assert {q.speaker for q in quotes} == {"Ann Lee"}


TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("„“”\"«»‹›「」『』‚‘’',.:;!?—–- \nAbÉяم说は한אaе"), st.characters(codec="utf-8")
    ),
    max_size=80,
)
WORDS = st.lists(
    st.sampled_from(
        ["“", "”", '"', "«", "»", "— ", "said ", "Ann Lee ", "he ", ", ", ". ", ": ", "قال ", "说", "sagte ", "\n"]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(
    paragraphs=st.lists(TEXT | WORDS, max_size=5),
    language=st.sampled_from(
        ["en", "de", "fr", "ru", "ar", "he", "zh", "ja", "ko", "th", "hi", "und", "", "x-klingon"]
    ),
)
def test_offsets_point_where_they_say(paragraphs: list[str], language: str) -> None:
    for quote in quotes_in(paragraphs, language=language):
        assert quote.block is not None
        assert paragraphs[quote.block][quote.start : quote.end] == quote.text
        assert quote.text.strip()


@pytest.mark.parametrize("unit", ['"', "“", "« ", "'a ", "— a, ", 'said "a" ', "“a”说", 'א"ב', "Ab “c d e”, "])
def test_long_repeats_are_read(unit: str) -> None:
    text = unit * (160_000 // len(unit))
    for quote in quotes_in([text], language="en"):
        assert text[quote.start : quote.end] == quote.text
