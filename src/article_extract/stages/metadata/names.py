"""
Names of people: told from names of papers, desks and agencies, and cut out of bylines.

Better no name than a wrong one: what is not shaped like a person's name in its script is not one.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import regex

from article_extract.text import collapse, squeeze

_PARTICLES: Final = frozenset(
    "de da do dos das del della di du des la le los las van von vom der den het ter ten te zu zum zur al el bin ibn "
    "ben bint abu y i "
    "e af av und von't 't san st o'".split()
)
_NAMELESS: Final = frozenset(
    (
        "admin administrator webmaster author autor auteur autore editor editorial redaktion redaktionell redaktor "
        "redakcja redakce redakcia redakcija redakcijos redactie redaccion redaccio redacao redazione redaction "
        "redacteur redactia redaksi redaksjonen redaktionen redaktionenonline toimitus staff staffwriter "
        "staffreporter staffwriters newsdesk newsroom webdesk desk reporter correspondent ourcorrespondent "
        "specialcorrespondent contributor contributors guest guestauthor guestcontributor guestpost team theteam "
        "anonymous unknown none null na user root test news agencies agency agence agencia agencias agentur "
        "agenturen wire wires online press editors theeditors editorialboard theeditorialboard redacciondigital "
        "редакция редакція редакцията админ администратор υ συντακτικηομαδα المحرر التحرير هيئةالتحرير فريقالتحرير "
        "وكالات وكالة مراسل تحريرية تحریریه گروه خبرنگار ادارہ ویبڈیسک נציג מערכת כתב סוכנויות 编辑 編輯 编辑部 "
        "編輯部 記者 记者 חדשות 本报记者 本報記者 小编 編集部 編集局 기자 편집부 온라인뉴스팀 뉴스팀 디지털뉴스팀 "
        "인터넷뉴스팀 กองบรรณาธิการ"
    ).split()
)
"""Bylines that name nobody, squeezed: accounts, desks, roles."""
_AGENCIES: Final = frozenset(
    (
        "dpa afp ap apa ansa reuters upi pti ani ians aap cp efe lusa belga anp ntb ritzau stt tt sda keystonesda "
        "sid kna epd mti ctk pap bloomberg xinhua tass interfax ria kyodo jiji yonhap newsis news1 antara bernama "
        "associatedpress theassociatedpress pressassociation agencefrancepresse رويترز deutschewelle "
        "тасс интерфакс риановости ріановини укринформ укрінформ унн απεμπε ロイター 共同通信 時事通信 新华社 新華社 中新社 中央社 法新社 路透社 "
        "美联社 美聯社 연합뉴스 뉴시스 뉴스1 الأناضول شينخوا أفب فرانسبرس سبوتنيك"
    ).split()
)
"""News agencies, squeezed."""
_ORGANISATION: Final = frozenset(
    "news staff team desk editorial redaktion redaction redacción redação redazione redactie redakcja redakce "
    "agency agencies "
    "agence agencia agenzia agentur press presse prensa times post magazine gazette herald tribune daily bureau "
    "correspondents "
    "writers editors board media tv radio television newspaper zeitung nachrichten journal gmbh inc ltd llc corp "
    "company "
    "university universität institute institut foundation stiftung association council department ministry office "
    "group newsroom "
    "reporter reporters correspondent contributor network channel studio online digital web website www service "
    "services "
    "international union society club center centre committee commission organization organisation weekly today live "
    "wire report reports program programme project initiative clinic hospital dentistry dental official store shop solutions systems resources practices "
    "communications publishing publications research lab labs blog podcast show community "
    "وكالة وكالات صحيفة قناة موقع جريدة شبكة خبرگزاری روزنامه سایت گروه агентство служба газета редакция отдел".split()
)
_NEVER: Final = frozenset(
    "the by from to our your my for with about no not developed powered posted written author this these "
    "in on is what how why when where find log sign "
    "start started free get updated sponsored follow more read see view share contact subscribe all last modified published".split()
)
"""Words that no name holds, capitalised or not."""
_ROLE_END: Final = regex.compile(
    r"\b(?:editor|reporter|correspondent|writer|columnist|director|manager|ceo|cto|cfo|founder|owner|president|expert|specialist|"
    r"officer|consultant|head|senior|engineer|professor|lecturer|educator|coach|nutritionist|dietitian|attorney|lawyer|strategist|"
    r"gardener|blogger|executive|assistant|associate|advisor|researcher|scientist|journalist|producer|analyst|critic|photographer|contributor|chief|"
    r"redakteur(?:in)?|korrespondent(?:in)?|journalist(?:in|e)?|reporter(?:in)?|autor(?:in)?|volontär(?:in)?|redacteur|rédact\w+|"
    r"corresponsal|periodista|redactor\w?|giornalista|inviat\w|jornalista|repórter|корреспондент|журналист|обозреватель)\b",
    regex.IGNORECASE,
)
_PREFIX: Final = regex.compile(
    r"^(?:(?:written|posted|published|reported|edited|story|text|words|report|article|analysis|opinion|a\s+\w+)\s+)?"
    r"(?:by|von|par|por|door|av|af|przez|autor(?:in|ka|zy|es)?|author|authors|auteur|text|texte|texto|testo|texter|di|de|от|автор|текст|od|napsal|"
    r"yazan|oleh|penulis|reporter|reporters|redigerad|kirjoittaja|kirjoittanut|γράφει|γραφει|του|της|كتب|كتبت|بقلم|إعداد|تقرير|نویسنده|מאת|"
    r"文|作者|记者|記者|文/|撰文|글|취재|รายงานโดย|โดย|bởi|tác giả)(?=[\s:：/|.]|(?<=[\u3040-\u9fff]))\s*[:：/|.]?\s*",
    regex.IGNORECASE,
)
_SPLIT: Final = regex.compile(
    r"\s+[-–—]\s+|\s*[,;/|、，؛،•·\n]\s*|\s+(?:and|und|et|y|e|i|en|og|och|ja|a|und|oraz|и|та|і|ve|dan|và|και|و|اور|और|及|和|with|mit|avec|con)\s+|\s*&\s*",
    regex.IGNORECASE,
)
_HAN_NAME: Final = regex.compile(
    r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}[·・•][\u4e00-\u9fff]{1,10}|[\u3041-\u30ff\u4e00-\u9fff々]{1,6}[ "
    r"　]?[\u3041-\u30ff\u4e00-\u9fff々]{1,7}"
)
_HAN_ORGANISATION: Final = regex.compile(
    r"[\u4e00-\u9fff](?:报|報|通讯社|通信社|新闻社|新聞社|网|網|电视台|電視台|周刊|週刊|新闻|新聞|传媒|傳媒|财经|財經|杂志|雜誌|频道|頻道|编辑部|編輯部|編集部)$"
)
_HANGUL_NAME: Final = regex.compile(r"[\uac00-\ud7a3]{2,4}")
_CHINESE_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白"
    "邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁"
    "尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷"
    "晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭葉蘇呂盧鍾譚陸範賈韋"
    "鄒龍賀顧龔萬錢嚴湯溫喬龐顏莊聶魯關蘭寧紀畢單駱藍華饒陽時農繆簡車項連蘆麥婁竇黨宮費衛應閔邊師欒榮叢鞏遲鄺"
)
_KOREAN_SURNAMES: Final = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용"
)
_ARABIC_AND: Final = regex.compile(
    r"(?<=\S\s\S+)\s+و(?!(?:ليد|ائل|فاء|جدي|سيم|داد|حيد|اصف|هيب|رد|لاء|ئام|جيه|اثق|ضاح)(?:\s|$))(?=\p{L}{2,}\s+\p{L})"
)
"""The Arabic "and" is written onto the second name; some names begin with its letter."""
_SURNAME_FIRST: Final = regex.compile(r"\p{Lu}[\p{L}’'-]+, \p{Lu}[\p{L}’'-]*\.?(?: \p{Lu}\.)*")
_GLUED_BY: Final = regex.compile(r"^[Bb]y(?=\p{Lu}[\p{Ll}.])")
_SMALL_NAME: Final = regex.compile(r"\p{Ll}{2,} \p{Ll}{3,}(?: \p{Ll}{3,})?")
_CASED: Final = regex.compile(r"\p{Lu}")
_BAD: Final = regex.compile(
    r"\d{2}|[@/\\{}<>\[\]=_#*+?!%$€\"“”:;]|https?|www\.|\.(?:com|org|net|de|co)\b", regex.IGNORECASE
)
_WORD: Final = regex.compile(r"[\p{L}\p{M}’'.\-\u200c‑]+")


def name_key(name: str) -> str:
    """Equal for spellings of the same name."""
    return squeeze(name)


@cache
def is_nameless(name: str) -> bool:
    """Whether a byline names nobody: "admin", "Redaktion", "Staff reporter"."""
    key = squeeze(name)
    return not key or key in _NAMELESS


def is_agency(name: str) -> bool:
    """Whether the name is a known news agency's."""
    return squeeze(name) in _AGENCIES


def is_organisation(name: str) -> bool:
    """Whether a word of the name belongs to papers, desks and agencies."""
    if _HAN_ORGANISATION.search(name):
        return True
    words = name.casefold().replace("-", " ").split()
    return is_nameless(name) or squeeze(name) in _AGENCIES or any(word.strip(".,()") in _ORGANISATION for word in words)


def is_person(name: str, *, stated: bool = False) -> bool:
    """Whether the text is shaped like one person's name.

    `stated`: a source says that it is a person; then one word passes, and Han and Hangul names without a known surname.
    """
    if not 2 <= len(name) <= 60 or _BAD.search(name) or is_organisation(name):
        return False
    if _HANGUL_NAME.fullmatch(name):
        return stated or name[0] in _KOREAN_SURNAMES
    if _HAN_NAME.fullmatch(name):
        return stated or " " in name or (len(name) < 4 and name[0] in _CHINESE_SURNAMES)
    words = name.split()
    if len(words) > 6 or any(not _WORD.fullmatch(word) for word in words):
        return False
    if not _is_cased(name[0]):
        return 2 <= len(words) <= 5 and len(name) <= 40
    if is_role(name) or any(word.casefold() in _NEVER or word.endswith(("’s", "'s")) for word in words):
        return False
    capitals = [word for word in words if _CASED.search(word)]
    if any(word.casefold().strip(".") not in _PARTICLES for word in words if not _CASED.search(word)):
        return False
    if not _CASED.search(words[-1]):
        return False
    return len(capitals) >= (1 if stated else 2)


def _is_cased(ch: str) -> bool:
    return ch.lower() != ch.upper()


def tidy_name(name: str) -> str:
    """A name as one prints it: prefix words and titles dropped, ALL CAPITALS made title case, "Surname, Name" turned.

    >>> tidy_name("By ANN LEE-RUIZ")
    'Ann Lee-Ruiz'
    """
    name = collapse(name).strip(' ,;:|-–—/*·•"“”')
    name = _GLUED_BY.sub("", _PREFIX.sub("", name, count=1)).strip(" ,;:|-–—/")
    if name.endswith(")") and "(" in name:
        name = name[: name.index("(")].strip()
    for suffix in (" 기자", "기자", " 특파원", " 記者", "记者", " reporter"):
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            name = name.removesuffix(suffix).strip()
    if name.endswith(".") and len(name.split()[-1]) > 4:
        name = name.rstrip(".")
    if len(name) > 4 and name.isupper() and " " in name:
        name = " ".join(_title_case(word) for word in name.split())
    return name


def _title_case(word: str) -> str:
    if len(word) <= 2 and "." in word:
        return word
    lower = word.lower()
    if lower in _PARTICLES:
        return lower
    return regex.sub(r"(?:^|(?<=[-'’.]))\p{L}", lambda m: m.group().upper(), lower)


def split_names(text: str, *, stated: bool = False) -> tuple[tuple[str, str | None], ...]:
    """Names of people in a byline, each with the role printed after it; organisations and places are left out.

    >>> split_names("By Ann Lee and Bo Ruiz, Political editor")
    (('Ann Lee', None), ('Bo Ruiz', 'Political editor'))
    """
    text = tidy_name(text[:400])
    if not text:
        return ()
    if _SURNAME_FIRST.fullmatch(text):
        surname, _, given = text.partition(", ")
        if is_person(f"{given} {surname}") and not is_person(surname):
            return ((f"{given} {surname}", None),)
    if "و" in text:
        text = _ARABIC_AND.sub("،", text)
    if stated and _SMALL_NAME.fullmatch(text) and not is_organisation(text):
        text = text.title()
    parts = [part for part in _SPLIT.split(text) if part and part.strip()]
    out: list[tuple[str, str | None]] = []
    for part in parts:
        name = tidy_name(part)
        if is_role(part):
            if out and out[-1][1] is None:
                out[-1] = (out[-1][0], part.strip(" ,()"))
            continue
        if is_person(name, stated=stated and len(parts) == 1) and all(name != n for n, _ in out):
            out.append((name, None))
    return tuple(out)


def is_role(text: str) -> bool:
    """Whether the text is what somebody does: "Political editor"."""
    return len(text) < 60 and bool(_ROLE_END.search(text))
