"""
What can go wrong, and whose fault it is.

ArticleExtractError
├── ConfigError         our data or the caller's options are wrong
│   ├── RuleFileError   names the file, the rule and the key
│   └── ProfileError    a site profile
├── RecordError         a dict that is not an Article's (`Article.from_dict`)
└── FetchError          the network; wraps the client's error as __cause__

Page content never raises: what is odd on a page is a `Problem` in `Article.problems`.
"""

from __future__ import annotations


class ArticleExtractError(Exception):
    """Everything this library raises on purpose, wrong argument types aside."""


class ConfigError(ArticleExtractError):
    """Options or data files that cannot be used."""


class RuleFileError(ConfigError):
    """A vocabulary, rule or provider file with an unknown key or a missing one."""


class ProfileError(ConfigError):
    """A site profile that cannot be used."""


class RecordError(ArticleExtractError, ValueError):
    """A dict that `Article.from_dict` cannot read; the message names the key."""


class FetchError(ArticleExtractError):
    """A URL that gave no page.

    `url` is the address asked for; `reason` one of `"address"` (not http or https), `"connect"`, `"timeout"`,
    `"redirects"`, `"status"`, `"size"`, `"protocol"`; `status` the HTTP status where one was received, else None.
    """

    def __init__(self, message: str, *, url: str, reason: str, status: int | None = None) -> None:
        super().__init__(message)
        self.url = url
        self.reason = reason
        self.status = status

    def __reduce__(self) -> tuple[object, ...]:
        return _fetch_error, (str(self), self.url, self.reason, self.status)


def _fetch_error(message: str, url: str, reason: str, status: int | None) -> FetchError:
    return FetchError(message, url=url, reason=reason, status=status)
