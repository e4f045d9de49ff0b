"""Which reports are of one event: placed one after the other in a settled order, and moved only where needed.

Takes an ``Archive`` of what is known; gives clusters. The result is always that of placing every report anew
in the order of ``Card.order``: a report that comes, goes or moves wakes those later ones whose choice can
change by it, and no others, so that the cost of a new report does not grow with the archive.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from heapq import heappop, heappush
from typing import Protocol

from diplograph.consensus import touch
from diplograph.consensus.joining import Card, can_join, card_of, home, is_named
from diplograph.consensus.rulings import Rulings
from diplograph.model import Polarity, Report

Cluster = list[Card]


class Archive(Protocol):
    """Where reports are found that are settled already."""

    def found(self, keys: Iterable[str]) -> Mapping[str, Set[str]]:
        """By key, the ids of what is filed under it; a key may be left out if nothing is."""

    def reports(self, ids: Iterable[str]) -> Iterable[Report]:
        """The reports of these ids that are there."""

    def together(self, ids: Iterable[str]) -> Iterable[Sequence[str]]:
        """The ids of all reports of each event that any of these is of."""


class Clustering:
    """Clusters of reports, loaded from an archive as far as they are touched.

    Args:
        archive: What is settled already; nothing of it is changed.
        rulings: What persons decided.
        whole: Whether every report is placed anew, so that none needs to be woken.

    Attributes:
        cards: The reports that were looked at.
        touched: The seeds of all clusters that were or are other than in the archive.
    """

    def __init__(self, archive: Archive, rulings: Rulings, *, whole: bool = False) -> None:
        self.cards: dict[str, Card] = {}
        self.touched: set[str] = set()
        self._archive = archive
        self._rulings = rulings
        self._whole = whole
        self._seed: dict[str, str] = {}
        self._members: dict[str, Cluster] = {}
        self._gone: set[str] = set()
        self._asked: set[str] = set()
        self._waiting: set[str] = set()
        self._heap: list[tuple[tuple[int, int, str], str]] = []
        self._known: dict[str, Set[str]] = {}
        self._own: dict[str, set[str]] = defaultdict(set)

    def settle(self, added: Iterable[Report], removed: Iterable[str] = (), ruled: Iterable[str] = ()) -> None:
        """Place reports that come, take out those that go, and place anew what persons decided about."""
        leaving = self.load(removed)
        for card in leaving:
            self._leave(card)
        for card in leaving:
            del self.cards[card.id]
            self._waiting.discard(card.id)
            self._gone.add(card.id)
        for report in added:
            if report.polarity is not Polarity.HYPOTHETICAL:
                self._take(card_of(report))
        for card in self.load(ruled):
            self._wake_all(card)
        while self._heap:
            order, name = heappop(self._heap)
            known = self.cards.get(name)
            # What left, or came back as another, waits no longer.
            if known and known.order == order and name in self._waiting:
                self._waiting.discard(name)
                self._place(known)

    def clusters(self) -> list[Cluster]:
        """All clusters that were loaded or made."""
        return [self._members[seed] for seed in sorted(self._members)]

    def headed(self, seed: str) -> Cluster:
        """The cluster that a report is the seed of; empty if it is none."""
        return self._members.get(seed, [])

    def cluster(self, report: str) -> Cluster:
        """The cluster of a report; empty if it is in none."""
        return self._members.get(self._seed.get(report, ""), [])

    def load(self, ids: Iterable[str]) -> list[Card]:
        """The cards of these reports, with their clusters; those that went are left out."""
        wanted = [name for name in dict.fromkeys(ids) if name not in self._gone]
        missing = [name for name in wanted if name not in self.cards and name not in self._asked]
        if missing:
            groups = [list(group) for group in self._archive.together(missing)]
            names = dict.fromkeys([*missing, *(name for group in groups for name in group)])
            fresh = [name for name in names if name not in self.cards and name not in self._gone]
            for report in self._archive.reports(fresh):
                self.cards[report.id] = card_of(report)
            for group in groups:
                self._adopt(group)
            # Whoever a person held together with these has a say in where they belong.
            self._asked.update(fresh)
            self.load({p for name in fresh for p in self._rulings.partners(name)} - set(self.cards))
        return [self.cards[name] for name in wanted if name in self.cards]

    def near(self, cluster: Cluster, layer: Polarity = Polarity.AFFIRMED) -> list[Card]:
        """The reports that can have to do with a cluster, by time or by what they share with a member."""
        keys: dict[str, None] = {}
        for number, member in enumerate(cluster):
            timed = number == 0 or self._is_forced(member)
            keys.update(dict.fromkeys(touch.joining(member.report, layer, timed=timed)))
        return self.load(sorted(self._found(keys)))

    def candidates(self, card: Card) -> list[Cluster]:
        """The clusters that a report can be of, by time or by what it shares with a member."""
        found = self.load(sorted(self._found(touch.sought(card.report))))
        seeds = {self._seed[near.id]: None for near in found if near.id in self._seed}
        return [self._members[seed] for seed in seeds if seed in self._members]

    def face(self, card: Card, cluster: Sequence[Card]) -> Sequence[Card] | None:
        """Those of a cluster whom a report agrees with: all that came by themselves, or one put there."""
        if not cluster or cluster[0].family != card.family:
            return None
        if not self._rulings.named:
            return cluster if can_join(card, cluster) else None
        if any(self._rulings.apart(card.id, member.id) for member in cluster):
            return None
        forced = [member for member in cluster if self._is_forced(member)]
        natural = [member for member in cluster if member not in forced] if forced else cluster
        if can_join(card, natural):
            return natural
        return next(([member] for member in forced if can_join(card, [member])), None)

    def _take(self, card: Card) -> None:
        self.cards[card.id] = card
        self._gone.discard(card.id)
        for key in touch.filed(card.report):
            self._own[key].add(card.id)
        if card.report.polarity is Polarity.AFFIRMED:
            self._wait(card)
        else:
            self._oppose(card)

    def _oppose(self, card: Card) -> None:
        """What is denied, or no longer denied, looks other than before."""
        self.touched.update(cluster[0].id for cluster in self.candidates(card))

    def _place(self, card: Card) -> None:
        seed = self._home(card)
        old = self._seed.get(card.id)
        if seed == old:
            return
        if old is not None:
            self._leave(card)
        before = list(self._members.get(seed, ()))
        self._seed[card.id] = seed
        insort(self._members.setdefault(seed, []), card, key=lambda c: c.order)
        self.touched.add(seed)
        self._wake(card, before, self._members[seed])

    def _home(self, card: Card) -> str:
        """The seed of the cluster that a report belongs to; itself if it begins one."""
        for partner in self._partners(card):
            return self._seed[partner.id]
        choices: dict[int, str] = {}
        faces = []
        for cluster in self.candidates(card):
            known = [member for member in cluster if member.order < card.order]
            if known and known[0] is cluster[0] and (face := self.face(card, known)):
                faces.append(face)
                choices[id(face)] = cluster[0].id
        chosen = home(card, faces)
        return choices[id(chosen)] if chosen else card.id

    def _partners(self, card: Card) -> list[Card]:
        """The earlier reports that persons held together with this one, the first of all first."""
        if card.id not in self._rulings.named:
            return []
        names = self._rulings.partners(card.id) - {card.id}
        told = [p for p in self.load(sorted(names)) if p.order < card.order and p.family == card.family]
        told = [p for p in told if p.id in self._seed and not self._rulings.apart(p.id, card.id)]
        return sorted(told, key=lambda p: p.order)

    def _is_forced(self, card: Card) -> bool:
        return bool(self._partners(card))

    def _leave(self, card: Card) -> None:
        seed = self._seed.pop(card.id, None)
        if seed is None:
            self._oppose(card)
            return
        cluster = self._members[seed]
        before = list(cluster)
        cluster.remove(card)
        self.touched.add(seed)
        if seed == card.id:
            # Without its seed a cluster is none: its members look for another.
            del self._members[seed]
            for member in cluster:
                self._seed.pop(member.id, None)
                self._wait(member)
            cluster = []
        self._wake(card, before, cluster)

    def _wake(self, mover: Card, before: Cluster, after: Cluster) -> None:
        """Place anew whoever comes later and sees a cluster with other eyes because of this report."""
        if self._whole:
            return
        for partner in self.load(sorted(self._rulings.partners(mover.id) - {mover.id})):
            if partner.order > mover.order:
                self._wait(partner)
        for card in self.near([*before, *(m for m in after if m not in before)]):
            if card.order > mover.order and card.id not in self._waiting:
                # Who was put somewhere by a person changes what others are measured by.
                ruled = mover.id in self._rulings.named
                if ruled or self._sees(card, before) != self._sees(card, after):
                    self._wait(card)

    def _wake_all(self, card: Card) -> None:
        self._wait(card)
        cluster = self.cluster(card.id)
        for other in [*self.near([card]), *(self.near(cluster) if cluster else [])]:
            if other.report.polarity is Polarity.AFFIRMED:
                self._wait(other)
        self.touched.update(member.id for member in cluster[:1])

    def _sees(self, card: Card, cluster: Cluster) -> tuple[str, bool] | None:
        known = [member for member in cluster if member.order < card.order]
        if not known or known[0] is not cluster[0]:
            return None
        face = self.face(card, known)
        if face is None:
            return None
        return face[0].id, not card.fine and is_named(card, face)

    def _wait(self, card: Card) -> None:
        if card.id not in self._waiting:
            self._waiting.add(card.id)
            heappush(self._heap, (card.order, card.id))

    def _adopt(self, group: list[str]) -> None:
        members = sorted((self.cards[n] for n in group if n in self.cards), key=lambda c: c.order)
        if members and members[0].id not in self._members and members[0].id not in self._seed:
            self._members[members[0].id] = members
            self._seed.update((member.id, members[0].id) for member in members)

    def _found(self, keys: Iterable[str]) -> set[str]:
        names = list(keys)
        new = [key for key in names if key not in self._known]
        if new and not self._whole:
            told = self._archive.found(new)
            self._known.update((key, told.get(key, frozenset())) for key in new)
        found = {name for key in names for name in self._known.get(key, ()) if name not in self._gone}
        return found.union(*(self._own.get(key, ()) for key in names))
