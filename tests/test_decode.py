"""Bytes to text: declarations, detection, what is no page."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article_extract.encodings import detect, find_encoding
from article_extract.stages.decode import decode

LIMIT = 1 << 20
TEXTS = {
    "de": "Die Brücke über die Weiße Aue bleibt gesperrt, weil die Prüfer Risse im Pfeiler gefunden haben.",
    "fr": "Le pont de la rivière reste fermé : les ingénieurs ont trouvé des fissures près de la première arche.",
    "pl": "Most nad rzeką pozostaje zamknięty, ponieważ inżynierowie znaleźli pęknięcia w środkowym przęśle.",
    "cs": "Most přes řeku zůstává uzavřený, protože inženýři našli trhliny v prostředním pilíři, říká město.",
    "tr": "Köprü kapalı kalacak, çünkü mühendisler orta ayakta çatlaklar buldu, dedi belediye başkanı Işıl Yağız.",
    "ru": "Мост через реку останется закрытым, потому что инженеры нашли трещины в средней опоре, сообщила мэрия.",
    "el": "Η γέφυρα πάνω από το ποτάμι παραμένει κλειστή, γιατί οι μηχανικοί βρήκαν ρωγμές στο μεσαίο βάθρο.",
    "ar": "يبقى الجسر فوق النهر مغلقا لأن المهندسين وجدوا شقوقا في الدعامة الوسطى كما قالت البلدية اليوم.",
    "he": "הגשר מעל הנהר יישאר סגור כי המהנדסים מצאו סדקים בעמוד האמצעי, כך מסרה העירייה הבוקר.",
    "th": "สะพานข้ามแม่น้ำยังคงปิดอยู่เพราะวิศวกรพบรอยร้าวที่เสากลาง เทศบาลแจ้งเมื่อเช้านี้",
    "zh": "河上的大桥仍然关闭，因为工程师在中间的桥墩上发现了裂缝，市政府今天上午说，修复工作要三个月。",
    "zh-hant": "河上的大橋仍然關閉，因為工程師在中間的橋墩上發現了裂縫，市政府今天上午說，修復工作要三個月。",
    "ja": "川にかかる橋は閉鎖されたままだ。技術者が中央の橋脚にひび割れを見つけたためだと市は今朝発表した。",
    "ko": "강을 가로지르는 다리는 기술자들이 가운데 교각에서 균열을 발견했기 때문에 계속 닫혀 있다고 시가 밝혔다.",
}


def page(text: str, head: str = "") -> str:
    return f"<html><head>{head}<title>x</title></head><body><p>{text}</p><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        pytest.param("ISO-8859-1", "windows-1252", id="latin1 is windows"),
        pytest.param("gb2312", "gb18030", id="gb2312 is gb18030"),
        pytest.param(" 'UTF8' ", "utf-8", id="quoted"),
        pytest.param("x-sjis", "shift_jis", id="x-sjis"),
        pytest.param("cp1251", "windows-1251", id="cp"),
        pytest.param("ks_c_5601-1987", "euc-kr", id="korean"),
        pytest.param("none", None, id="unknown"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_labels(label: str | None, name: str | None) -> None:
    assert find_encoding(label) == name


@pytest.mark.parametrize(
    ("language", "codec", "name"),
    [
        pytest.param("de", "cp1252", "windows-1252", id="german"),
        pytest.param("fr", "cp1252", "windows-1252", id="french"),
        pytest.param("pl", "cp1250", "windows-1250", id="polish"),
        pytest.param("pl", "iso8859-2", "iso-8859-2", id="polish latin2"),
        pytest.param("cs", "cp1250", "windows-1250", id="czech"),
        pytest.param("tr", "cp1254", "windows-1254", id="turkish"),
        pytest.param("ru", "cp1251", "windows-1251", id="russian"),
        pytest.param("ru", "koi8-r", "koi8-r", id="russian koi8"),
        pytest.param("ru", "cp866", "ibm866", id="russian dos"),
        pytest.param("el", "cp1253", "windows-1253", id="greek"),
        pytest.param("ar", "cp1256", "windows-1256", id="arabic"),
        pytest.param("he", "cp1255", "windows-1255", id="hebrew"),
        pytest.param("th", "cp874", "windows-874", id="thai"),
        pytest.param("zh", "gb18030", "gb18030", id="simplified chinese"),
        pytest.param("zh-hant", "big5", "big5", id="traditional chinese"),
        pytest.param("ja", "cp932", "shift_jis", id="japanese sjis"),
        pytest.param("ja", "euc_jp", "euc-jp", id="japanese euc"),
        pytest.param("ja", "iso2022_jp", "iso-2022-jp", id="japanese jis"),
        pytest.param("ko", "cp949", "euc-kr", id="korean"),
    ],
)
def test_detected_without_declaration(language: str, codec: str, name: str) -> None:
    markup = page(TEXTS[language])
    decoded = decode(markup.encode(codec), None, LIMIT)
    assert (decoded.encoding, decoded.text) == (name, markup)


@pytest.mark.parametrize(
    ("head", "header"),
    [
        pytest.param('<meta charset="utf-8">', None, id="meta says utf-8"),
        pytest.param("", "text/html; charset=UTF-8", id="header says utf-8"),
        pytest.param(
            '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', None, id="says latin1"
        ),
    ],
)
def test_wrong_declaration_loses_to_the_bytes(head: str, header: str | None) -> None:
    markup = page(TEXTS["ru"], head)
    decoded = decode(markup.encode("cp1251"), header, LIMIT)
    assert decoded.text == markup
    assert any("declared as" in p.message for p in decoded.problems)


def test_valid_utf8_is_utf8_under_any_declaration() -> None:
    markup = page(TEXTS["de"], '<meta charset="iso-8859-1">')
    decoded = decode(markup.encode(), "text/html; charset=windows-1251", LIMIT)
    assert (decoded.encoding, decoded.text) == ("utf-8", markup)
    assert [p.message for p in decoded.problems] == ["declared as windows-1251, read as utf-8"]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        pytest.param(b"\xef\xbb\xbf<p>\xc3\xa9</p>", "utf-8", id="utf-8"),
        pytest.param("<p>é</p>".encode("utf-16"), "utf-16le", id="utf-16"),
        pytest.param(b"\xfe\xff" + "<p>é</p>".encode("utf-16-be"), "utf-16be", id="utf-16be"),
        pytest.param("<p>é</p><i>no mark</i>".encode("utf-16-le"), "utf-16le", id="utf-16le without mark"),
        pytest.param("<p>é</p><i>no mark</i>".encode("utf-16-be"), "utf-16be", id="utf-16be without mark"),
    ],
)
def test_marks(content: bytes, encoding: str) -> None:
    decoded = decode(content, "text/html; charset=iso-8859-2", LIMIT)
    assert decoded.encoding == encoding
    assert decoded.text.startswith("<p>é</p>")


def test_stray_bytes_do_not_push_utf8_away() -> None:
    content = page(TEXTS["de"] * 3).encode() + b"<p>\x93stray\x94</p>"
    decoded = decode(content, None, LIMIT)
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 2
    assert "invalid" in decoded.problems[0].message


def test_character_cut_at_the_limit_is_dropped() -> None:
    content = ("<p>" + "é" * 50).encode()
    decoded = decode(content, None, 60)
    assert decoded.encoding == "utf-8"
    assert decoded.text == "<p>" + "é" * 28
    assert "cut after 60" in decoded.problems[0].message


@pytest.mark.parametrize(
    ("content", "kind", "says"),
    [
        pytest.param(b"", "empty", "empty", id="nothing"),
        pytest.param(b" \n\t ", "empty", "empty", id="white space"),
        pytest.param("\ufeff", "empty", "empty", id="only a mark"),
        pytest.param(b"%PDF-1.7 \x00\x01", "binary", "PDF", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", "binary", "PNG", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", "binary", "JPEG", id="jpeg"),
        pytest.param(gzip.compress(b"<p>x</p>"), "binary", "gzip", id="gzip"),
        pytest.param(bytes(range(1, 9)) * 40, "binary", "binary", id="control characters"),
        pytest.param(b'{"a": [1, 2]}', "json", "JSON", id="json object"),
        pytest.param(b'[{"a": "<p>x</p>"}]', "json", "JSON", id="json array"),
        pytest.param("Only words, 3 < 4.", "text", "plain text", id="plain text"),
        pytest.param("[Live] Words with <b>markup</b>", "html", None, id="a bracket is no json"),
        pytest.param("words <p>then markup</p>", "html", None, id="markup after words"),
    ],
)
def test_kinds(content: bytes | str, kind: str, says: str | None) -> None:
    decoded = decode(content, None, LIMIT)
    assert decoded.kind == kind
    messages = " ".join(p.message for p in decoded.problems)
    assert says is None or says in messages
    assert all(p.stage == "decode" for p in decoded.problems)


def test_text_is_repaired() -> None:
    decoded = decode("\ufeff<p>a\0b\ud800c</p>", None, LIMIT)
    assert decoded.text == "<p>a\ufffdb\ufffdc</p>"
    assert decoded.encoding == "str"


@given(st.binary(max_size=400), st.one_of(st.none(), st.text(max_size=40)))
def test_never_raises_on_bytes(content: bytes, content_type: str | None) -> None:
    decoded = decode(content, content_type, 300)
    assert "\0" not in decoded.text
    decoded.text.encode()


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=200))
def test_never_raises_on_text(content: str) -> None:
    decoded = decode(content, None, 100)
    assert "\0" not in decoded.text
    decoded.text.encode()


@given(st.sampled_from(sorted(TEXTS)), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_unicode_comes_back(language: str, codec: str) -> None:
    assert decode(page(TEXTS[language]).encode(codec), None, LIMIT).text == page(TEXTS[language])


@given(st.binary(max_size=200))
def test_detection_never_raises(content: bytes) -> None:
    name, score = detect(content)
    assert find_encoding(name) == name
    assert 0 <= score <= 1
