"""
Character encodings of the web: their labels, and telling them apart by what the bytes say.

Labels are those of the WHATWG Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels): "iso-8859-1"
means windows-1252 and "gb2312" means gb18030, as in every browser. Detection decodes a sample with each candidate and
asks how much of what comes out are common characters of a language written in it.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Final

_TABLE: Final = """
utf-8 utf-8: utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf-8-sig utf8mb4 unicode
utf-16le utf-16-le: utf-16 utf16 ucs-2 unicodefeff csunicode iso-10646-ucs-2
utf-16be utf-16-be: unicodefffe
windows-1252 cp1252: iso-8859-1 iso8859-1 iso88591 iso_8859-1 latin1 latin-1 l1 ascii us-ascii
windows-1252 cp1252: ansi_x3.4-1968 cp1252 x-cp1252 cp819 ibm819
windows-1250 cp1250: cp1250 x-cp1250
windows-1251 cp1251: cp1251 x-cp1251 win-1251 win1251
windows-1253 cp1253: cp1253 x-cp1253
windows-1254 cp1254: cp1254 x-cp1254 iso-8859-9 iso8859-9 iso88599 iso_8859-9 latin5 l5
windows-1255 cp1255: cp1255 x-cp1255
windows-1256 cp1256: cp1256 x-cp1256
windows-1257 cp1257: cp1257 x-cp1257
windows-1258 cp1258: cp1258 x-cp1258
windows-874 cp874: dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 cp874
iso-8859-2 iso8859-2: iso8859-2 iso88592 iso_8859-2 latin2 l2
iso-8859-3 iso8859-3: latin3 l3
iso-8859-4 iso8859-4: latin4 l4
iso-8859-5 iso8859-5: iso88595 cyrillic
iso-8859-6 iso8859-6: iso88596 arabic asmo-708 ecma-114 iso-8859-6-e iso-8859-6-i
iso-8859-7 iso8859-7: iso88597 greek greek8 elot_928 ecma-118 sun_eu_greek
iso-8859-8 iso8859-8: iso88598 hebrew visual logical iso-8859-8-e iso-8859-8-i csiso88598i
iso-8859-10 iso8859-10: latin6 l6
iso-8859-13 iso8859-13: iso885913
iso-8859-14 iso8859-14: iso885914
iso-8859-15 iso8859-15: iso885915 iso_8859-15 latin9 latin-9 l9
iso-8859-16 iso8859-16: iso885916
koi8-r koi8-r: koi koi8 koi8_r cskoi8r
koi8-u koi8-u: koi8-ru
ibm866 cp866: 866 cp866 csibm866
macintosh mac-roman: mac x-mac-roman csmacintosh
x-mac-cyrillic mac-cyrillic: x-mac-ukrainian
gb18030 gb18030: gbk gb2312 gb_2312 gb_2312-80 chinese csgb2312 iso-ir-58 x-gbk cp936 ms936 hz-gb-2312 euc-cn
big5 big5hkscs: big5-hkscs cn-big5 x-x-big5 csbig5 cp950
shift_jis cp932: shift-jis sjis x-sjis ms_kanji windows-31j csshiftjis ms932 cp932
euc-jp euc_jp: x-euc-jp eucjp cseucpkdfmtjapanese
iso-2022-jp iso2022_jp_ext: csiso2022jp
euc-kr cp949: ks_c_5601-1987 ks_c_5601 ksc5601 ksc_5601 korean windows-949 iso-ir-149 cseuckr cp949 uhc x-windows-949
"""

_CODECS: Final[dict[str, str]] = {}
_NAMES: Final[dict[str, str]] = {}
for _line in _TABLE.split("\n"):
    if _line:
        _head, _, _labels = _line.partition(":")
        _name, _codec = _head.split()
        _CODECS[_name] = _codec
        _NAMES.update(dict.fromkeys((_name, *_labels.split()), _name))


def find_encoding(label: str | None) -> str | None:
    """The WHATWG name for a label as written on a page, or None for a label that means nothing.

    >>> find_encoding(" GB2312 "), find_encoding("Latin1"), find_encoding("klingon")
    ('gb18030', 'windows-1252', None)
    """
    if not label:
        return None
    key = label.strip().strip("\"'").lower()
    return (
        _NAMES.get(key)
        or _NAMES.get(key.replace("_", "-"))
        or _NAMES.get(key.replace("windows", "cp").replace("-", ""))
    )


def codec_of(name: str) -> str:
    """Python's codec for a WHATWG name; the windows and CJK supersets that browsers use."""
    return _CODECS.get(name, "utf-8")


def decode_bytes(content: bytes, name: str) -> str:
    """Decode leniently: what the encoding does not know becomes U+FFFD."""
    return codecs.decode(content, codec_of(name), "replace")


@dataclass(frozen=True, slots=True)
class _Profile:
    """What text in an encoding looks like."""

    name: str
    family: str
    """`latin`: letters among ASCII ones; `other`: an alphabet of its own; `han`, `kana`, `hangul`: many characters."""
    alphabets: tuple[tuple[str, str], ...]
    """Language codes, and the non-ASCII letters of their text, lower case; for `other` the commonest first."""


_CYRILLIC: Final = (
    ("ru mn kk", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщ"),
    ("uk be", "оаинвіетрслкумдпзьяєгбчїйхцюжшщўы"),
    ("bg mk sr", "аиеотнрсвлкдпмузяъгбчжцхшщюјљњћђџ"),
)
_CENTRAL: Final = (
    ("pl", "ąćęłńóśźż"),
    ("cs sk", "áčďéěíňóřšťúůýžäľô"),
    ("hu", "áéíóöőúüű"),
    ("ro", "ăâîşţ"),
    ("hr sl bs sr", "čćđšž"),
    ("sq de", "ëçäöüß"),
)
_ARABIC: Final = (("ar", "اليمونرتبةعدسفهكحقأجشصطخىإذضءثزغئظآؤ"), ("fa ur", "اریندهمتسبوشلکگپچزخجفقعغصطحآئیک"))
_HEBREW: Final = (("he yi", "יוהלאתרבשמםנכחדקעפגצטסזןךףץ"),)
_GREEK: Final = (("el", "αοιετσνηυρκπλμςόίάέήδγωχθύφβώξζψϊ"),)
_PROFILES: Final = (
    _Profile(
        "windows-1252",
        "latin",
        (
            ("fr", "éèàçêâîôûëïùœæ"),
            ("de", "äöüß"),
            ("es ca gl", "áéíóúñü¿¡çàèòïº·"),
            ("pt", "ãáâàéêíóôõúçüºª"),
            ("it", "àèéìòùî"),
            ("sv fi da no", "åäöæøéü"),
            ("is fo", "áéíóúýðþæö"),
            ("nl af en", "éëïöüèêáóñç"),
        ),
    ),
    _Profile("windows-1251", "other", _CYRILLIC),
    _Profile("gb18030", "han", (("zh", ""),)),
    _Profile("big5", "han", (("zh", ""),)),
    _Profile("shift_jis", "kana", (("ja", ""),)),
    _Profile("euc-jp", "kana", (("ja", ""),)),
    _Profile("euc-kr", "hangul", (("ko", ""),)),
    _Profile("koi8-r", "other", _CYRILLIC[:1]),
    _Profile("windows-1250", "latin", _CENTRAL),
    _Profile("windows-1254", "latin", (("tr az", "çğıöşüâîû"), ("de", "äöüß"))),
    _Profile("windows-1256", "other", _ARABIC),
    _Profile("windows-1255", "other", _HEBREW),
    _Profile("windows-1253", "other", _GREEK),
    _Profile(
        "windows-874",
        "other",
        (("th", "านรอกเงทมยลวดสตะปบคหพชขจไแใโผซธภณญศษฐฉฟ่้ีัิืุู์็ำๆ"),),
    ),
    _Profile("windows-1257", "latin", (("lt", "ąčęėįšųūž"), ("lv", "āčēģīķļņšūž"), ("et", "äõöüšž"))),
    _Profile("iso-8859-2", "latin", _CENTRAL),
    _Profile("iso-8859-15", "latin", (("fr", "éèàçêâîôûëïùœæ€"), ("fi et", "äöåšžõü€"))),
    _Profile("iso-8859-7", "other", _GREEK),
    _Profile("iso-8859-5", "other", _CYRILLIC),
    _Profile("iso-8859-6", "other", _ARABIC[:1]),
    _Profile("iso-8859-8", "other", _HEBREW),
    _Profile("ibm866", "other", _CYRILLIC),
    _Profile("koi8-u", "other", _CYRILLIC[1:2]),
    _Profile("windows-1258", "latin", (("vi", "áàảãạăâđêôơưéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳấầẩẫậắằẳẵặ"),)),
)
"""In the order in which they are believed when the bytes do not tell them apart."""

_NEUTRAL: Final = frozenset("\u00a0“”‘’„‚‹›«»–—…•·°©®™€§№\u00ad‡†′″×½¼¾²³¹ºª¿¡￥£")
_WIDE_MARKS: Final = frozenset("，。、；：？！“”‘’「」『』（）《》【】…—·　・ー％")
_HAN: Final = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着下自之年过過发發后後作里用道行所然家种種事成方多经經么"
    "麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點"
    "正业業外将將两兩高间間由问問很最重并物手应應战戰向头頭文体體政美相见見被利什二等产產或新己制身果加西斯月话話合回特代内內信表化老给給世位次度门門任常先海通教儿兒原东東声聲"
    "提立及比员員解水名真论論处處走义義各入几幾口认認条條平系气氣题題活尔爾更别別打女变變四神总總何电電数數安少报報才结結反受目太量再感建务務做接必场場件计計管期市直德资資命山金指"
)
_HANGUL: Final = frozenset(
    "이다는을의에가고하지한로은서기를사도리인대어자시정그으해있일과수나보아만라부전들장국원상했과제주여구성공관경세비용동적스"
)
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_RUN: Final = re.compile(rb"([a-zA-Z]?)([\x80-\xff]+)([a-zA-Z]?)")
_PIECE: Final = re.compile(rb"[^<>]+")


def sample_of(content: bytes, size: int = 32_768) -> bytes:
    """The stretches between tags that hold non-ASCII bytes, up to `size` bytes of them."""
    pieces: list[bytes] = []
    length = 0
    for match in _PIECE.finditer(content):
        piece = match.group()
        if not piece.isascii():
            pieces.append(piece[:4096])
            length += len(pieces[-1])
            if length > size:
                break
    return b"\n".join(pieces)


def detect(content: bytes, declared: tuple[str, ...] = (), language: str | None = None) -> tuple[str, float]:
    """The most plausible encoding of bytes that are not UTF-8, and how plausible it is, 0 to 1.

    `declared` are WHATWG names in the order of their authority; they win unless the bytes speak against them.
    `language` is the primary language code that the page states.
    """
    sample = sample_of(content)
    touching, longer, high = _runs(sample)
    best, best_score = (declared[0] if declared else "windows-1252"), 0.0
    known = {p.name for p in _PROFILES}
    extra = tuple(
        _Profile(d, "latin" if d.startswith(("mac", "iso-8859-1")) else "other", ()) for d in declared if d not in known
    )
    for profile in (*_PROFILES, *extra):
        score = _plausibility(sample, profile)
        if profile.family == "latin":
            # Accented letters stand among plain ones and rarely three in a row.
            score *= 1 - 0.8 * longer / max(1, high)
        elif profile.family == "other":
            # Words of another alphabet do not hold ASCII letters; one or two bytes prove nothing.
            score *= (1 - 0.9 * touching / max(1, high)) * high / (high + 3)
        if score > 0.05:
            if profile.name in declared:
                score += 0.25 - 0.05 * declared.index(profile.name)
            if language and any(language in codes.split() for codes, _ in profile.alphabets):
                score += 0.15
        if score > best_score + 0.005:
            best, best_score = profile.name, score
    return best, min(1.0, best_score)


def _runs(sample: bytes) -> tuple[int, int, int]:
    """Non-ASCII bytes in short runs that touch an ASCII letter, in runs of three and more, and altogether."""
    touching = longer = high = 0
    for match in _RUN.finditer(sample):
        before, run, after = match.groups()
        high += len(run)
        if before or after:
            touching += len(run) if len(run) < 3 else 1
        if len(run) > 2:
            longer += len(run)
    return touching, longer, high


def _plausibility(sample: bytes, profile: _Profile) -> float:
    text = codecs.decode(sample, codec_of(profile.name), "replace")
    counts = Counter(text)
    odd = sum(n for ch, n in counts.items() if _CONTROL.match(ch))
    counts = Counter({ch: n for ch, n in counts.items() if ch > "\x7f" and not _CONTROL.match(ch)})
    total = counts.total()
    if not total:
        return 0.0
    trust = max(0.0, 1 - 4 * odd / (total + odd))
    if profile.family in ("han", "kana", "hangul"):
        return trust * _wide_share(counts, profile.family)
    neutral = sum(n for ch, n in counts.items() if ch in _NEUTRAL)
    best = max(
        (
            sum(w * n for ch, n in counts.items() if (w := _weight(ch, letters, ranked=profile.family == "other")))
            for _, letters in profile.alphabets
        ),
        default=0.4 * (total - neutral),
    )
    return min(1.0, trust * (best + 0.5 * neutral) / total)


@cache
def _weight(ch: str, letters: str, *, ranked: bool) -> float:
    """How much a character speaks for a language: in whole alphabets, common letters say more than rare ones."""
    if ch in _NEUTRAL and ch not in letters:
        return 0.0
    rank = letters.find(ch)
    if rank < 0:
        return 0.6 if ch.lower() in letters else 0.0
    if not ranked:
        return 1.0
    return 1.25 if rank < 8 else 0.9 if rank < 16 else 0.35


def _wide_share(counts: Counter[str], family: str) -> float:
    """How much of the text are the commonest characters of the script, against what is usual."""
    total = counts.total()
    marks = sum(n for ch, n in counts.items() if ch in _WIDE_MARKS)
    letters = max(1, total - marks)
    if family == "hangul":
        hangul = sum(n for ch, n in counts.items() if "\uac00" <= ch <= "\ud7a3")
        common = sum(counts[ch] for ch in _HANGUL)
        return hangul / letters * min(1.0, common / letters / 0.4) if hangul else 0.0
    kana = sum(n for ch, n in counts.items() if "\u3041" <= ch <= "\u30fe" and ch not in _WIDE_MARKS)
    han = sum(n for ch, n in counts.items() if "\u4e00" <= ch <= "\u9fff")
    if family == "kana":
        return (kana + han) / letters * min(1.0, kana / letters / 0.25)
    common = sum(counts[ch] for ch in _HAN)
    return (han / letters) * min(1.0, (common + marks) / total / 0.4) * (1 - min(1.0, 2 * kana / letters))
