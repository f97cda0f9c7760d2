"""Keeps GitHub's answers with their ETags, so that asking again for what has not changed is free.

One per installation: the same URL may show different things to different installations. Answers are kept
as text, so that nobody can change what the next one will read.
https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, MutableMapping
from typing import Any

from cachetools import LRUCache

CachedAnswer = tuple[str | None, str | None, Any, str | None]
"""ETag, Last-Modified, decoded body, address of the next page: what gidgethub keeps."""

_LARGEST_BODY = 256 * 1024  # pages of a repository's past would push everything else out


class EtagCache(MutableMapping[str, CachedAnswer]):
    """A bounded cache for gidgethub: each reading gives a fresh copy. `limit` counts compressed bytes."""

    def __init__(self, limit: int = 2 * 1024 * 1024) -> None:
        self._kept: LRUCache[str, bytes] = LRUCache(limit, getsizeof=len)

    def __getitem__(self, url: str) -> CachedAnswer:
        etag, modified, body, more = json.loads(zlib.decompress(self._kept[url]))
        return etag, modified, body, more

    def __setitem__(self, url: str, answer: CachedAnswer) -> None:
        text = json.dumps(answer).encode()
        packed = zlib.compress(text, level=1)
        if len(text) > _LARGEST_BODY or len(packed) > self._kept.maxsize:
            self._kept.pop(url, None)
            return
        self._kept[url] = packed

    def __delitem__(self, url: str) -> None:
        del self._kept[url]

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._kept))

    def __len__(self) -> int:
        return len(self._kept)
