"""Does one thing after another, or some at once in threads, and hands back what comes of each in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Done = TypeVar("Done")


def map_in_order(do: Callable[[Item], Done], items: Iterable[Item], *, most: int) -> Iterator[Done]:
    """Yield `do(item)` for each item in their order, `most` of them under way at once; 1 is in this thread.

    No item is taken before there is room for it. What `do` raises is raised in its place, and nothing more is begun.
    """
    if most <= 1:
        yield from map(do, items)
        return
    line: deque[Future[Done]] = deque()
    with ThreadPoolExecutor(most) as pool:
        try:
            for item in items:
                line.append(pool.submit(do, item))
                if len(line) >= most:
                    yield line.popleft().result()
            while line:
                yield line.popleft().result()
        finally:
            for future in line:
                future.cancel()
