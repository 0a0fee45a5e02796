"""Decides which entities of all documents are one: what people say, then what is sure, the rest left apart and noted.

What comes out depends on the set of what goes in alone, whatever its order. An entity comes in as one or several
traces: what documents call by one IRI, of one state. Namesakes of two states are two traces, and stay two entities.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Protocol

from ..model import EntityKind
from .decisions import Ruling
from .offices import Post, Times

Key = tuple[str, str]
"""The IRI of a trace as it was read, and what tells it from namesakes: its state's IRI, its document, or nothing; with
a short name of its offices behind a tilde where there are any."""
OF_DOCUMENT = "document/"
_MARK = "~"


@dataclass(frozen=True, slots=True)
class Trace:
    """What documents call by one IRI, of one state or of none that is told.

    `scope` tells it from namesakes of the same IRI and is empty where there are none; `names` are as written; `first`
    and `last` the dates of publication of its first and last document; `known` says that it stands in seeds/
    or has an id of Wikidata.
    """

    iri: str
    scope: str
    kind: EntityKind
    names: frozenset[str] = frozenset()
    country: str | None = None
    offices: frozenset[Post] = frozenset()
    first: str | None = None
    last: str | None = None
    documents: int = 0
    known: bool = False

    @property
    def key(self) -> Key:
        """What tells this trace from all others."""
        return self.iri, self.scope

    @property
    def is_weak(self) -> bool:
        """Whether only its document says who is meant."""
        return self.scope.startswith(OF_DOCUMENT)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two entities that may be one, how likely (0 to 1), and what speaks for it."""

    one: str
    other: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entity of each trace by its key, where that is another than it was read as; and what may be one, too.

    `kinds` are those of entities of which some traces were read as another kind, `labels` the names of traces that are
    called as the one that stands for them.
    """

    nodes: Mapping[Key, str] = field(default_factory=dict)
    kinds: Mapping[str, EntityKind] = field(default_factory=dict)
    labels: Mapping[Key, str] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    found: Mapping[str, str] = field(default_factory=dict)


class Match(Protocol):
    """Two traces that may be one, as who compares them says."""

    @property
    def one(self) -> Key: ...
    @property
    def other(self) -> Key: ...
    @property
    def score(self) -> float: ...
    @property
    def reasons(self) -> tuple[str, ...]: ...
    @property
    def is_sure(self) -> bool: ...


FindMatches = Callable[[Iterable[Trace]], Sequence[Match]]
"""Returns all pairs worth a look, the surest first."""
# How much better one actor of seeds/ has to fit than the next; what is left apart is never certain.
_AS_WELL, _MOST_DOUBTFUL = 0.03, 0.99
MOST_CANDIDATES = 5


class Clusters:
    """Traces that are one, grown by joining; never joins what somebody says to be different."""

    def __init__(self, traces: Iterable[Trace], apart: Iterable[tuple[Key, Key]]) -> None:
        self._traces = {trace.key: trace for trace in traces}
        self._parent = {key: key for key in self._traces}
        self.members: dict[Key, list[Trace]] = {key: [trace] for key, trace in self._traces.items()}
        self._apart = _both_ways(apart)
        self._contrary: dict[Key, set[Key]] = {}

    def find(self, key: Key) -> Key:
        """Return what stands for all that a trace is one with."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, one: Key, other: Key) -> bool:
        """Make two one, unless somebody says that they are different; say whether they are one now."""
        first, second = sorted((self.find(one), self.find(other)))
        if first == second:
            return True
        if self.are_apart(first, second):
            return False
        self._parent[second] = first
        self.members[first] += self.members.pop(second)
        return True

    def may_join(self, one: Key, other: Key) -> bool:
        """Say whether two may be one: of one state, if any, and not both known as what they are."""
        members = [*self.members[self.find(one)], *self.members[self.find(other)]]
        known = {trace.iri for trace in members if trace.known}
        states = {trace.country for trace in members if trace.country}
        if len(known) > 1 or len(states) > 1 or self.are_apart(one, other):
            return False
        return not self.are_contrary(one, other)

    def hold_contrary(self, pairs: Iterable[tuple[Key, Key]]) -> None:
        """Note traces whose offices say that they are two; people may say otherwise."""
        for key, others in _both_ways(pairs).items():
            self._contrary.setdefault(key, set()).update(others)

    @property
    def has_contrary(self) -> bool:
        """Say whether there are such."""
        return bool(self._contrary)

    def contrary_of(self, key: Key) -> set[Key]:
        """Return the traces whose offices say that they are another than this one."""
        return self._contrary.get(key, set())

    def are_contrary(self, one: Key, other: Key) -> bool:
        """Say whether the offices of two, or of two with which they are one, say that they are two."""
        if not self._contrary:
            return False
        mine = {trace.key for trace in self.members[self.find(one)]}
        return any(self.contrary_of(trace.key) & mine for trace in self.members[self.find(other)])

    def are_apart(self, one: Key, other: Key) -> bool:
        """Say whether somebody says that two are different, or two with which they are one."""
        mine = {trace.key for trace in self.members[self.find(one)]}
        return any(self._apart.get(trace.key, set()) & mine for trace in self.members[self.find(other)])


def resolve(traces: Iterable[Trace], ruling: Ruling, find: FindMatches | None = None) -> Resolution:
    """Return which traces are one: as people say, of one name and state, and what `find` is sure of."""
    by_key = {trace.key: trace for trace in sorted(traces, key=lambda each: each.key)}
    references = References(by_key)
    apart = [(one, other) for pair in ruling.different for one, other in references.pairs(*pair)]
    clusters = Clusters(by_key.values(), apart)
    for pair in sorted(ruling.same):
        for one_key, other_key in references.pairs(*pair):
            clusters.join(one_key, other_key)
    for iri in sorted({iri for iri, _ in by_key}):
        for namesakes in _group_by_state(references.called(iri)):
            _join_namesakes(clusters, namesakes)
    matches = find(by_key.values()) if find is not None else ()
    left = _join_sure(clusters, matches, by_key)
    nodes = name_nodes(clusters)
    found = {actor: nodes[keys[0]] for actor in ruling.actors() if (keys := references.keys(actor))}
    kinds = {
        nodes[key]: _standing(members).kind
        for key, members in clusters.members.items()
        if len({trace.kind for trace in members}) > 1
    }
    kinds |= {found[actor]: kind for actor, kind in ruling.kinds.items() if actor in found}
    return Resolution(nodes, kinds, name_joined(clusters), _list_candidates(clusters, left, nodes), found)


def _group_by_state(traces: Iterable[Trace]) -> list[list[Trace]]:
    """Group what bears one name by state; what is of no state that is told goes with the one that there is."""
    groups: dict[str, list[Trace]] = {}
    for trace in traces:
        groups.setdefault(state_of(trace.scope), []).append(trace)
    if len(groups) == 2 and "" in groups:
        return [[trace for group in groups.values() for trace in group]]
    return [*groups.values()]


def _join_namesakes(clusters: Clusters, traces: Sequence[Trace]) -> None:
    """Join what bears one name in one state: there is one until somebody, or their offices, say otherwise.

    Where offices do, only those of one office are joined; of the others, nobody can tell whose they are.
    """
    if len(traces) < 2:
        return
    times = Times.of(traces)
    told = [trace for trace in traces if trace.offices]
    contrary = [
        (one.key, other.key)
        for one, other in combinations(told, 2)
        # What people say to be one is one, whatever its offices.
        if times.contradict(one.offices, other.offices) and clusters.find(one.key) != clusters.find(other.key)
    ]
    clusters.hold_contrary(contrary)
    if not contrary:
        for trace in traces[1:]:
            clusters.join(traces[0].key, trace.key)
        return
    for one, other in combinations(told, 2):
        shared = {post.name for post in one.offices} & {post.name for post in other.offices}
        if shared and not clusters.are_contrary(one.key, other.key):
            clusters.join(one.key, other.key)


def _join_sure(clusters: Clusters, matches: Sequence[Match], traces: Mapping[Key, Trace]) -> list[Match]:
    """Join what is surely one, the surest first; return what is not, for people to decide.

    A name that fits two actors of seeds/ about as well is nobody's, and so is one that fits two of one name.
    """
    sure: dict[Key, set[Key]] = {}
    for match in matches if clusters.has_contrary else ():
        if match.is_sure:
            sure.setdefault(match.one, set()).add(match.other)
            sure.setdefault(match.other, set()).add(match.one)
    torn = {key: {each for each in theirs if clusters.contrary_of(each) & theirs} for key, theirs in sure.items()}
    fitting: dict[Key, list[tuple[float, Key]]] = {}
    for match in matches:
        for mine, theirs in ((match.one, match.other), (match.other, match.one)):
            if traces[theirs].known and not traces[mine].known and match.is_sure:
                fitting.setdefault(mine, []).append((match.score, theirs))
    doubtful = {
        key
        for key, found in fitting.items()
        if len({known for score, known in found if score > max(found)[0] - _AS_WELL}) > 1
    }
    left: list[Match] = []
    for match in matches:
        is_doubtful = (match.one in doubtful and traces[match.other].known) or (
            match.other in doubtful and traces[match.one].known
        )
        is_doubtful |= match.other in torn.get(match.one, ()) or match.one in torn.get(match.other, ())
        if match.is_sure and not is_doubtful and clusters.may_join(match.one, match.other):
            clusters.join(match.one, match.other)
        else:
            left.append(match)
    return left


def _list_candidates(clusters: Clusters, left: Iterable[Match], nodes: Mapping[Key, str]) -> tuple[Candidate, ...]:
    """Return the pairs that people may decide about, each once with its best score; the likeliest of each actor."""
    best: dict[tuple[str, str], Candidate] = {}
    for match in left:
        if all(any(trace.known for trace in clusters.members[clusters.find(key)]) for key in (match.one, match.other)):
            continue  # they are known to be two
        pair = (min(nodes[match.one], nodes[match.other]), max(nodes[match.one], nodes[match.other]))
        if pair[0] != pair[1] and pair not in best and not clusters.are_apart(match.one, match.other):
            best[pair] = Candidate(*pair, min(match.score, _MOST_DOUBTFUL), match.reasons)
    counts: dict[str, int] = {}
    kept = []
    for candidate in sorted(best.values(), key=lambda each: (-each.score, each.one, each.other)):
        ends = (candidate.one, candidate.other)
        if all(counts.get(end, 0) < MOST_CANDIDATES for end in ends):
            kept.append(candidate)
            counts.update({end: counts.get(end, 0) + 1 for end in ends})
    return tuple(kept)


class References:
    """Finds the traces that the IRI of an actor means, as it stands in a decision."""

    def __init__(self, traces: Mapping[Key, Trace]) -> None:
        self._by_iri: dict[str, list[Trace]] = {}
        for key in sorted(traces):
            self._by_iri.setdefault(key[0], []).append(traces[key])

    def called(self, iri: str) -> list[Trace]:
        """Return the traces that were read as one IRI."""
        return self._by_iri.get(iri, [])

    def keys(self, actor: str) -> list[Key]:
        """Return the traces that an actor's IRI means: of one state where it names one, else the one of no state."""
        iri, scope = split_scope(actor)
        if scope and iri in self._by_iri:
            traces = self._by_iri[iri]
            named = [trace for trace in traces if short_name(trace.scope) == scope]
            # What names a state alone means whoever is of it, where all of them are told of under offices.
            named = named or [trace for trace in traces if short_name(state_of(trace.scope)) == scope]
            return [trace.key for trace in named or traces[:1]]
        traces = self._by_iri.get(actor, [])
        return [trace.key for trace in traces if not trace.scope] or [trace.key for trace in traces[:1]]

    def pairs(self, one: str, other: str) -> list[tuple[Key, Key]]:
        """Return the pairs of traces that a decision about two actors is about."""
        return [(mine, theirs) for mine in self.keys(one) for theirs in self.keys(other) if mine != theirs]


def name_nodes(clusters: Clusters) -> dict[Key, str]:
    """Name each cluster after the trace of it that stands for all, with its state where another has the name, too."""
    standing = {key: _standing(members) for key, members in clusters.members.items()}
    claims: dict[str, list[Key]] = {}
    for key, trace in standing.items():
        claims.setdefault(trace.iri, []).append(key)
    nodes: dict[Key, str] = {}
    plain = {iri: _choose_plain(iri, keys, clusters) for iri, keys in claims.items()}
    for key, members in clusters.members.items():
        trace = standing[key]
        is_plain = plain[trace.iri] == key
        rivals = [other for other in claims[trace.iri] if other != key]
        name = trace.iri if is_plain else f"{trace.iri}~{_tell_apart(trace, rivals, clusters)}"
        nodes.update({each.key: name for each in members})
    return nodes


def _tell_apart(trace: Trace, rivals: Iterable[Key], clusters: Clusters) -> str:
    """Return what tells a trace from others of its name: its state, with its office where one of them is of it, too."""
    state = state_of(trace.scope)
    theirs = {state_of(each.scope) for key in rivals for each in clusters.members[key] if each.iri == trace.iri}
    return short_name(trace.scope if state in theirs else state or trace.scope)


def _choose_plain(iri: str, claimants: list[Key], clusters: Clusters) -> Key | None:
    """Choose whose name needs no state or document behind it: the only one's, or that of whom no namesake is known."""
    if len(claimants) == 1:
        return claimants[0]
    unscoped = [key for key in claimants if any(each.key == (iri, "") for each in clusters.members[key])]
    told = [key for key in claimants if not all(each.is_weak for each in clusters.members[key])]
    return unscoped[0] if unscoped else told[0] if len(told) == 1 else None


def name_joined(clusters: Clusters) -> dict[Key, str]:
    """Return what traces are called that were read as another than stands for them; the longest of its names.

    What seeds/ know is called as they say, whatever documents say.
    """
    labels: dict[Key, str] = {}
    for members in clusters.members.values():
        standing = _standing(members) if len(members) > 1 else None
        if standing is not None and standing.names and not (standing.known and standing.documents == 0):
            label = min(standing.names, key=lambda name: (-len(name), name))
            labels.update({each.key: label for each in members if each.iri != standing.iri and label not in each.names})
    return labels


def write_scope(state: str, offices: str) -> str:
    """Return the scope of somebody of a state, or of none, with certain offices, or none."""
    return f"{state}{_MARK}{offices}" if offices else state


def state_of(scope: str) -> str:
    """Return the part of a scope that is no office: a state, a document, or nothing."""
    head, mark, name = scope.rpartition("/")
    return head + mark + name.partition(_MARK)[0]


def short_name(scope: str) -> str:
    """Return what tells namesakes apart, as it stands behind the tilde: the end of a state's IRI, and the offices."""
    return scope.rpartition("/")[2].removeprefix(_MARK)


def split_scope(actor: str) -> tuple[str, str]:
    """Return an actor's IRI without what tells it from namesakes, and that, where it has any."""
    head, slash, name = actor.rpartition("/")
    name, _, scope = name.partition(_MARK)
    return head + slash + name, scope


def _both_ways(pairs: Iterable[tuple[Key, Key]]) -> dict[Key, set[Key]]:
    found: dict[Key, set[Key]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def _standing(members: Iterable[Trace]) -> Trace:
    """Choose who stands for all: a known one first, then one with an id of Wikidata, then the fullest name."""
    return min(members, key=lambda each: (not each.known, -max(map(_words, each.names), default=0), each.key))


def _words(name: str) -> int:
    return len(name.split())
