"""
Claims of JSON-LD scripts, after https://schema.org/Article and Google's article markup.

A page may hold several nodes: the one about this page states the title, dates and authors; `WebPage` nodes fill what it
leaves out; nodes of other stories state nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from article_extract.dates import read_date
from article_extract.page import Claim
from article_extract.records import Author, Image, LiveUpdate, Paragraph, Problem
from article_extract.stages.metadata.loose_json import read_loose_json
from article_extract.stages.metadata.names import is_organisation, split_names, tidy_name
from article_extract.stages.metadata.values import clean_text, paragraphs_of, split_tags, true_or_false
from article_extract.urls import absolute, path_key

Node = Mapping[str, Any]
SOURCE: Final = "json_ld"
_ARTICLES: Final = frozenset(
    "Article NewsArticle ReportageNewsArticle OpinionNewsArticle AnalysisNewsArticle BackgroundNewsArticle "
    "ReviewNewsArticle "
    "AskPublicNewsArticle BlogPosting LiveBlogPosting SocialMediaPosting DiscussionForumPosting Report "
    "ScholarlyArticle "
    "TechArticle SatiricalArticle AdvertiserContentArticle MedicalScholarlyArticle APIReference Review CriticReview "
    "Recipe HowTo "
    "MedicalWebPage".split()
)
_MEDIA: Final = frozenset(
    "VideoObject AudioObject PodcastEpisode ImageGallery MediaGallery Episode MediaObject ClaimReview".split()
)
_PLAYED: Final = frozenset(("VideoObject", "AudioObject"))
_PAGES: Final = frozenset(
    "WebPage ItemPage AboutPage CollectionPage ProfilePage CheckoutPage FAQPage QAPage SearchResultsPage".split()
)
_GROUPS: Final = frozenset(
    "Organization NewsMediaOrganization Corporation LocalBusiness EducationalOrganization NGO "
    "GovernmentOrganization".split()
)
_INNER: Final = ("@graph", "mainEntity", "mainEntityOfPage", "subjectOf", "about", "article", "isPartOf")
_MAX_NODES: Final = 3_000
_MAX_UPDATES: Final = 1_000


def read_json_ld(
    scripts: Iterable[str], url: str | None, base: str | None, language: str | None
) -> tuple[list[Claim], list[Problem]]:
    """Claims of all JSON-LD scripts of a page. `url` is the page's address, to find the node that is about it."""
    problems: list[Problem] = []
    roots: list[Any] = []
    for script in scripts:
        value, problem = read_loose_json(script)
        if problem:
            problems.append(Problem("metadata", None, f"JSON-LD: {problem}"))
        if value is not None:
            roots.append(value)
    nodes = list(_nodes(roots))
    by_id = {str(node["@id"]): node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    claims: list[Claim] = []
    main = _choose(nodes, url)
    reader = _Reader(base or url, language, by_id)
    if main is not None:
        claims += reader.read_article(main)
    for node in nodes:
        if node is main:
            continue
        types = _types(node)
        if types & _PAGES:
            claims += reader.read_page(node)
        elif "WebSite" in types or types & _GROUPS:
            claims += reader.read_site(node, is_site="WebSite" in types)
        elif "BreadcrumbList" in types:
            claims += reader.read_breadcrumb(node)
        elif types & _MEDIA or "ItemList" in types:
            claims += (Claim("type", kind, SOURCE) for kind in sorted(types))
    return claims, problems


def _nodes(roots: list[Any]) -> Iterator[Node]:
    """The nodes at the top, in `@graph` and in the properties that lead to what the page is about; breadth first."""
    queue = list(roots)
    count = 0
    while queue and count < _MAX_NODES:
        value = queue.pop(0) if len(queue) < 500 else queue.pop()
        count += 1
        if isinstance(value, list):
            queue.extend(value[:_MAX_NODES])
        elif isinstance(value, dict):
            if "@type" in value or "headline" in value:
                yield value
            queue.extend(value[key] for key in _INNER if isinstance(value.get(key), (dict, list)))


def _types(node: Node) -> frozenset[str]:
    types = node.get("@type")
    values = types if isinstance(types, list) else [types]
    return frozenset(str(t).rpartition("/")[2].rpartition(":")[2] for t in values if isinstance(t, str))


def _choose(nodes: list[Node], url: str | None) -> Node | None:
    """The node about this page, or None where none says so.

    Among several articles it is the one with the page's address; without any such, the one that says most, unless there
    are so many that they are a list of teasers. Pages of a video or gallery alone have a media node.
    """
    articles = [n for n in nodes if _types(n) & _ARTICLES or (not _types(n) and "headline" in n)]
    if not articles:
        media = [n for n in nodes if _types(n) & _MEDIA]
        return _with_address(media, url) or (media[0] if len(media) == 1 else None)
    if len(articles) == 1:
        return articles[0]
    if found := _with_address(articles, url):
        return found
    if len(articles) > 3:
        full = [n for n in articles if n.get("articleBody")]
        return full[0] if len(full) == 1 else None
    return max(
        articles,
        key=lambda n: sum(bool(n.get(k)) for k in ("headline", "datePublished", "author", "image", "articleBody")),
    )


def _with_address(nodes: list[Node], url: str | None) -> Node | None:
    key = path_key(url)
    if not key:
        return None
    found = [n for n in nodes if any(path_key(address) == key for address in _addresses(n))]
    return max(found, key=lambda n: (bool(n.get("headline")), len(n)), default=None)


def _addresses(node: Node) -> Iterator[str]:
    for name in ("url", "mainEntityOfPage", "@id"):
        value = node.get(name)
        if isinstance(value, Mapping):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith("http"):
            yield value


class _Reader:
    """Turns nodes into claims; knows what addresses and references are relative to."""

    def __init__(self, base: str | None, language: str | None, by_id: Mapping[str, Node]) -> None:
        self._base = base
        self._language = language
        self._by_id = by_id

    def read_article(self, node: Node) -> Iterator[Claim]:
        """What the node about the page states."""
        for kind in sorted(_types(node)):
            yield Claim("type", kind, SOURCE)
        for name in ("headline", "name", "alternativeHeadline", "alternateName"):
            yield from self._text("title", node.get(name))
        yield from self._text("description", node.get("description") or node.get("abstract"))
        yield from self._dates(node)
        people = node.get("author") or node.get("creator")
        yield from self._authors(people)
        for section in self._each(node.get("articleSection")):
            yield from self._text("section", section)
        for keyword in self._each(node.get("keywords")):
            if isinstance(keyword, Mapping):
                keyword = keyword.get("name") or keyword.get("termCode")
            for tag in split_tags(keyword):
                yield Claim("tag", tag, SOURCE)
        yield from self._images(node.get("image") or node.get("thumbnailUrl") or node.get("thumbnail"))
        yield from self._language_of(node)
        yield from self._publisher(node)
        yield from self._free(node)
        for address in _addresses({k: v for k, v in node.items() if k != "@id"}):
            yield Claim("canonical_url", absolute(address, self._base), SOURCE)
            break
        if body := paragraphs_of(node.get("articleBody") or node.get("text")):
            yield Claim("article_body", body, SOURCE)
        yield from self._updates(node.get("liveBlogUpdate"))
        yield from self._players([node, node.get("video"), node.get("audio")])

    def read_page(self, node: Node) -> Iterator[Claim]:
        """What a WebPage node states: it fills what the article leaves out."""
        for kind in sorted(_types(node)):
            yield Claim("type", kind, SOURCE)
        yield from self._text("title", node.get("headline") or node.get("name"), "json_ld_page")
        yield from self._text("description", node.get("description"))
        yield from self._dates(node)
        yield from self._authors(node.get("author"))
        yield from self._images(node.get("primaryImageOfPage") or node.get("image"))
        yield from self._language_of(node)
        yield from self._publisher(node)
        yield from self._free(node)

    def read_site(self, node: Node, *, is_site: bool) -> Iterator[Claim]:
        """The site's name."""
        yield from self._text("site_name" if is_site else "publisher", node.get("name"))

    def read_breadcrumb(self, node: Node) -> Iterator[Claim]:
        """The section, where the trail is home, section, …, this page."""
        names: list[str] = []
        for item in self._each(node.get("itemListElement"))[:20]:
            if isinstance(item, Mapping):
                inner = item.get("item")
                name = item.get("name") or (inner.get("name") if isinstance(inner, Mapping) else None)
                if text := clean_text(name):
                    names.append(text)
        if len(names) >= 3:
            yield Claim("section", names[1], "breadcrumb")

    def _resolved(self, value: Any) -> Any:
        """The node a bare reference `{"@id": …}` points to."""
        if (
            isinstance(value, Mapping)
            and "@id" in value
            and not (value.get("name") or value.get("url") or value.get("contentUrl"))
        ):
            return self._by_id.get(str(value["@id"]), value)
        return value

    @staticmethod
    def _each(value: Any) -> list[Any]:
        if value is None:
            return []
        return value[:200] if isinstance(value, list) else [value]

    def _text(self, field: str, value: Any, source: str = SOURCE) -> Iterator[Claim]:
        for each in self._each(value)[:3]:
            if text := clean_text(each):
                yield Claim(field, text, source)

    def _dates(self, node: Node) -> Iterator[Claim]:
        for field, names in (
            ("published", ("datePublished", "uploadDate", "dateCreated")),
            ("modified", ("dateModified",)),
        ):
            for name in names:
                for raw in self._each(node.get(name))[:1]:
                    if isinstance(raw, (str, int, float)) and (raw := str(raw).strip()):
                        stamp = read_date(raw, language=self._language)
                        yield Claim(field, stamp.value, SOURCE, stamp.raw)

    def _authors(self, value: Any) -> Iterator[Claim]:
        for each in self._each(value)[:30]:
            each = self._resolved(each)
            if isinstance(each, str):
                yield from _author_claims(each, stated=False)
            elif isinstance(each, Mapping):
                types = _types(each)
                names = [clean_text(n) for n in self._each(each.get("name"))]
                if not any(names) and (given := clean_text(each.get("givenName"))):
                    names = [f"{given} {clean_text(each.get('familyName')) or ''}".strip()]
                url = next(
                    (
                        u
                        for k in ("url", "sameAs", "@id")
                        for u in self._each(each.get(k))
                        if isinstance(u, str) and u.startswith(("http", "/"))
                    ),
                    None,
                )
                role = clean_text(each.get("jobTitle"))
                for name in filter(None, names):
                    if types & _GROUPS or "Organization" in "".join(types):
                        yield Claim("organisation", name, SOURCE)
                    else:
                        yield from _author_claims(
                            name, stated="Person" in types, url=absolute(url, self._base), role=role
                        )

    def _images(self, value: Any) -> Iterator[Claim]:
        found: list[Image] = []
        for each in self._each(value)[:20]:
            each = self._resolved(each)
            if isinstance(each, str):
                address, node = each, {}
            elif isinstance(each, Mapping):
                node = dict(each)
                address = next(
                    (u for k in ("url", "contentUrl", "@id") for u in self._each(node.get(k)) if isinstance(u, str)), ""
                )
            else:
                continue
            if url := absolute(address, self._base):
                credit = (
                    node.get("creditText") or node.get("copyrightHolder") or node.get("author") or node.get("creator")
                )
                if isinstance(credit, Mapping):
                    credit = credit.get("name")
                found.append(
                    Image(
                        url,
                        None,
                        clean_text(node.get("caption") or node.get("description")),
                        clean_text(credit),
                        _pixels(node.get("width")),
                        _pixels(node.get("height")),
                    )
                )
        for image in sorted(found, key=lambda i: -(i.width or 0))[:5]:
            yield Claim("image", image, SOURCE)

    def _players(self, values: list[Any]) -> Iterator[Claim]:
        """Addresses of the videos and recordings that belong to the article."""
        for value in values:
            for each in self._each(value)[:20]:
                each = self._resolved(each)
                if isinstance(each, Mapping) and _types(each) & _PLAYED:
                    for name in ("embedUrl", "embedURL", "contentUrl"):
                        if isinstance(address := each.get(name), str) and (url := absolute(address, self._base)):
                            yield Claim("media_address", url, SOURCE)
                            break

    def _language_of(self, node: Node) -> Iterator[Claim]:
        value = node.get("inLanguage")
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, Mapping):
            value = value.get("alternateName") or value.get("name")
        if isinstance(value, str) and 2 <= len(value) <= 12:
            yield Claim("language", value.strip(), SOURCE)

    def _publisher(self, node: Node) -> Iterator[Claim]:
        for each in self._each(node.get("publisher"))[:1]:
            each = self._resolved(each)
            if not (isinstance(each, Mapping) and "Person" in _types(each)):  # a blog's publisher may be its author
                yield from self._text("publisher", each.get("name") if isinstance(each, Mapping) else each)

    def _free(self, node: Node) -> Iterator[Claim]:
        free = true_or_false(node.get("isAccessibleForFree"))
        if free is None:
            parts = [p for p in self._each(node.get("hasPart")) if isinstance(p, Mapping)]
            if any(true_or_false(p.get("isAccessibleForFree")) is False for p in parts):
                free = False
        if free is not None:
            yield Claim("paywalled", not free, SOURCE)

    def _updates(self, value: Any) -> Iterator[Claim]:
        for each in (value if isinstance(value, list) else [value])[:_MAX_UPDATES]:
            if not isinstance(each, Mapping):
                continue
            raw = each.get("datePublished") or each.get("dateModified")
            stamp = read_date(str(raw), language=self._language) if raw else None
            names = [c.value.name for c in self._authors(each.get("author")) if c.field == "author"]
            body = tuple(
                Paragraph(text)
                for text in paragraphs_of(each.get("articleBody") or each.get("description") or each.get("text"))
            )
            update = LiveUpdate(
                clean_text(each.get("headline") or each.get("name")),
                stamp.value if stamp else None,
                ", ".join(names) or None,
                body,
            )
            if update.title or update.body:
                yield Claim("live_update", update, SOURCE)


def _author_claims(name: str, *, stated: bool, url: str | None = None, role: str | None = None) -> Iterator[Claim]:
    people = split_names(name, stated=stated)
    if not people:
        name = tidy_name(name)
        if name and len(name) < 100:
            yield Claim("organisation" if is_organisation(name) or not stated else "doubtful_author", name, SOURCE)
    for person, printed_role in people:
        yield Claim("author", Author(person, url if len(people) == 1 else None, role or printed_role), SOURCE)


def _pixels(value: Any) -> int | None:
    if isinstance(value, Mapping):
        value = value.get("value") or value.get("@value")
    try:
        number = int(float(str(value).removesuffix("px")))
    except (ValueError, OverflowError):
        return None
    return number if 0 < number < 100_000 else None
