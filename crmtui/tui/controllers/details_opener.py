"""Details of one object: queries the facts of its page, and keeps the page up to date."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from crmtui.backend.queries.object_details import DetailsQuestion, find_out
from crmtui.cluster.configuration_clock import ConfigurationClock
from crmtui.cluster.details.cluster_page import cluster_page
from crmtui.cluster.details.node_page import node_page
from crmtui.cluster.details.page_facts import PageFacts
from crmtui.cluster.details.resource_page import resource_page
from crmtui.crmsh import command_table
from crmtui.tui.messages import CloselySeen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from crmtui.backend.process.target import Target
    from crmtui.backend.queries.knowledge import LiveKnowledge
    from crmtui.backend.queries.object_details import Learnt
    from crmtui.cib.document import Cib
    from crmtui.cluster.details.page import Page, Reference
    from crmtui.cluster.model import Cluster

_META = ("meta.clone", "meta.group", "meta.primitive")


class DetailsController:
    """Opens pages of objects, and holds the configuration and the facts for them.

    Args:
        app: The app; runs queries in threads and receives their answers as messages.
        target: The cluster.
        knowledge: Returns the knowledge of agents and properties; None until crm runs.
        show: Called with the open page, or with None on closing.
        configured: Called with each new CIB, and the time of its snapshot in seconds since the epoch.
    """

    def __init__(
        self,
        app: App[int],
        target: Target,
        *,
        knowledge: Callable[[], LiveKnowledge | None],
        show: Callable[[Page | None], None],
        configured: Callable[[Cib, float], None],
    ) -> None:
        self._app = app
        self._target = target
        self._knowledge = knowledge
        self._show = show
        self._configured = configured
        self._configuration_clock = ConfigurationClock()
        self._known: PageFacts | None = None
        self._when = 0.0
        self._trail: list[Reference] = []
        self._wants_cib = True
        self._is_asking = False
        self._asks_again = False

    @property
    def cib(self) -> Cib | None:
        """The CIB as last read; None before the first read."""
        return self._known.cib if self._known else None

    def see(self, cluster: Cluster, when: float) -> None:
        """Update the page from the snapshot taken at ``when``, in seconds since the epoch."""
        self._when = when
        if self._configuration_clock.may_be_other(cluster):
            self._wants_cib = True
        self._known = replace(self._known, cluster=cluster) if self._known else PageFacts(cluster)
        self._show_page()
        if self._wants_cib or self._trail:
            self._ask()

    def open(self, reference: Reference) -> None:
        """Open the page of an object; ``back`` returns to the page before."""
        if self._trail[-1:] != [reference]:
            self._trail.append(reference)
        if self._known is not None:
            self._known = replace(self._known, scores=None, agents={})
        self._show_page()
        self._ask()

    def back(self) -> None:
        """Return to the page before, or close the only one."""
        del self._trail[-1:]
        if self._trail:
            self.open(self._trail[-1])
        else:
            self._show(None)

    def close(self) -> None:
        """Close all pages."""
        self._trail.clear()
        self._show(None)

    def _ask(self) -> None:
        """Query the missing facts; requests during a query lead to one more query after it."""
        if self._is_asking or self._known is None:
            self._asks_again = self._is_asking
            return
        self._is_asking = True
        cib = None if self._wants_cib else self._known.cib
        self._wants_cib = False
        opened = self._trail[-1] if self._trail else None
        question = DetailsQuestion(
            cib,
            self._when,
            resource=opened.id if opened and opened.kind == "resource" else "",
            stack_of=self._known.cluster if opened and opened.kind == "cluster" else None,
            last=self._known.cib,
        )
        self._app.run_worker(partial(self._find_out, question), thread=True, group="closer")

    def _find_out(self, question: DetailsQuestion) -> None:
        learnt = find_out(self._target, self._knowledge(), question)
        self._app.post_message(CloselySeen(learnt))

    def learn(self, learnt: Learnt) -> None:
        """Update the page from the answers of a query."""
        self._is_asking = False
        if self._known is None:
            return
        if learnt.cib is None:
            self._wants_cib = True  # with the next snapshot
        elif learnt.question.cib is None and learnt.cib is not learnt.question.last:
            self._configured(learnt.cib, learnt.question.when)
        self._known = replace(
            self._known,
            cib=learnt.cib or self._known.cib,
            scores=learnt.scores or self._known.scores,
            agents={**self._known.agents, **learnt.agents},
            meta_help=_meta_help() if self._trail else self._known.meta_help,
            stack=learnt.stack or self._known.stack,
            troubles=learnt.troubles,
        )
        self._show_page()
        if self._asks_again:
            self._asks_again = False
            self._ask()

    def _show_page(self) -> None:
        if self._trail and self._known is not None:
            self._show(_page(self._trail[-1], self._known))


def _page(reference: Reference, known: PageFacts) -> Page:
    if reference.kind == "cluster":
        return cluster_page(known)
    make = node_page if reference.kind == "node" else resource_page
    return make(reference.id, known)


def _meta_help() -> dict[str, str]:
    return {
        name: row.help for section in _META for name, row in command_table.names(section).items()
    }
