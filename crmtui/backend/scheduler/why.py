"""Reasons for the place of a resource, found by removing each suspect on a copy of the CIB.

A suspect is the cause if the scheduler then runs the resource. If no suspect is, the answer says that
the reason is unknown. In a cluster that has not settled, the answers are about the settled cluster.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.backend.process.run import TIMEOUT
from crmtui.backend.scheduler.cib_copy import Copy
from crmtui.backend.scheduler.simulate import SchedulerRuns
from crmtui.cib.document import Cib
from crmtui.cluster.placement import placements
from crmtui.errors import TargetInvalid
from crmtui.forecast.relations import Relations
from crmtui.forecast.steps import Step, Tool
from crmtui.forecast.suspects import Suspect, attractions, keepers, suspects
from crmtui.forecast.whereabouts import Whereabouts
from crmtui.forecast.why_answer import Answer, Cause, WhyAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from crmtui.backend.process.target import Target
    from crmtui.forecast.model import World
    from crmtui.forecast.why_answer import Proof

    Changes: TypeAlias = Callable[[Sequence[Step]], bool | None]

_MOST = 40
"""Trials for one explanation at most; each takes a tenth of a second."""


def explain(target: Target, resource: str, *, timeout: float = TIMEOUT) -> WhyAnswer:
    """Return the reasons for the place of a resource, and against each other node.

    Raises:
        TargetInvalid: There is no such resource.
        ProgramMissing: cibadmin or crm_simulate is not installed.
        ClusterUnavailable: The cluster or the scheduler does not answer in time.
        PermissionRefused: This user may not read the CIB.
        CibUnreadable: The scheduler cannot work on this CIB.
    """
    copy = Copy(target)
    try:
        return _Inquiry.begin(copy, resource, timeout).explanation()
    finally:
        copy.close()


@dataclass(slots=True)
class _Inquiry:
    copy: Copy
    resource: str
    timeout: float
    relations: Relations
    present: World
    """Present cluster."""
    world: World
    """Cluster once it has settled."""
    trials: int = 0

    @classmethod
    def begin(cls, copy: Copy, resource: str, timeout: float) -> _Inquiry:
        relations = Relations.of(Cib.parse(copy.take()).root)
        if resource not in relations.resources:
            raise TargetInvalid(f"There is no resource {resource}.", hint="See: crm resource list")
        found = SchedulerRuns(copy, "copy.xml", timeout).outcome()
        return cls(copy, resource, timeout, relations, found.before, found.after)

    def explanation(self) -> WhyAnswer:
        """Explain a stopped resource as a whole, and a running one for each node."""
        here, state = self._nodes(self.world), self._state()
        if not here:
            whole = self._answer("", (), suspects(self.relations, self.world, self.resource))
            return WhyAnswer(self.resource, state, (whole,))
        others = [each.name for each in self.world.nodes if each.name not in here]
        answers = (self._why_here(here), *map(self._why_not_on, others))
        return WhyAnswer(self.resource, state, answers)

    def _state(self) -> str:
        now, then = self._whereabouts(self.present), self._whereabouts(self.world)
        state = f"{self.resource} {now.now}"
        return (
            state
            if self._is_settled
            else f"{state}; once the cluster has settled it would {then.then}"
        )

    @property
    def _is_settled(self) -> bool:
        return self._whereabouts(self.present) == self._whereabouts(self.world)

    def _whereabouts(self, world: World) -> Whereabouts:
        return Whereabouts.of(world, self._primitives())

    def _runs_words(self, *, is_denied: bool = False) -> str:
        """Return the verb: conditional for a state that the scheduler only intends."""
        if is_denied:
            return "does not run" if self._is_settled else "would not run"
        return "runs" if self._is_settled else "would run"

    def _why_here(self, here: tuple[str, ...]) -> Answer:
        """Return the causes that hold the resource on its nodes."""
        found = (
            *keepers(self.relations, self.world, self.resource),
            *attractions(self.relations, self.world, self.resource, here),
        )
        causes = self._causes(found, lambda steps: self._moves(here, steps))
        where = ", ".join(here)
        answer = Answer(where, f"{self.resource} {self._runs_words()} on {where}, because", causes)
        if answer.is_known:
            return answer
        free = f"nothing holds {self.resource} on {where}, the scheduler chose it"
        if not self._is_settled:
            free = f"nothing draws {self.resource} to {where}, the scheduler would choose it"
        return Answer(where, free, causes)

    def _moves(self, here: tuple[str, ...], steps: Sequence[Step]) -> bool | None:
        after = self._after(steps)
        return None if after is None else after != here

    def _nodes(self, world: World) -> tuple[str, ...]:
        """Return the nodes that run all of the resource."""
        placed = placements(world)
        nodes = [frozenset(placed.get(name, {})) for name in self._primitives()]
        everywhere = frozenset.intersection(*nodes) if nodes else frozenset()
        return tuple(node.name for node in world.nodes if node.name in everywhere)

    def _primitives(self) -> tuple[str, ...]:
        found = self.relations.resources
        within = self.relations.within(self.resource)
        return tuple(name for name in within if found[name].tag == "primitive")

    def _why_not_on(self, node: str) -> Answer:
        then = next(each for each in self.world.nodes if each.name == node)
        if not then.is_online:
            states = (each.state for each in self.present.nodes if each.name == node)
            verb = "stay" if node in self._nodes(self.present) else "run"
            state = next(states, then.state)
            return Answer(node, f"{self.resource} cannot {verb} on {node}, which is {state}")
        outermost = self.relations.chain(self.resource)[-1]
        is_cloned = self.relations.resources[outermost].tag in ("clone", "master", "bundle")
        # A resource with a forced move to the node that still does not run there has an obstacle.
        pull = (
            "crm_resource",
            "--quiet",
            "--move",
            "--force",
            "--resource",
            outermost,
            "--node",
            node,
        )
        drawn: tuple[Step, ...] = () if is_cloned else (Tool(pull),)
        if drawn and self._runs(node, drawn):
            liked = ", ".join(self._nodes(self.world))
            return Answer(node, f"{self.resource} could run on {node}; {liked} is preferred")
        found = suspects(self.relations, self.world, self.resource, node)
        return self._answer(node, drawn, found)

    def _answer(self, node: str, drawn: Sequence[Step], found: Sequence[Suspect]) -> Answer:
        causes = self._causes(found, lambda steps: self._runs(node, (*steps, *drawn)))
        where = f" on {node}" if node else ""
        sentence = f"{self.resource} {self._runs_words(is_denied=True)}{where}"
        answer = Answer(node, f"{sentence}, because", causes)
        if answer.is_known:
            return answer
        return Answer(node, f"I don't know why {sentence}", causes)

    def _causes(self, found: Sequence[Suspect], changes: Changes) -> tuple[Cause, ...]:
        """Remove the suspects one by one; if none is the cause alone, remove all together.

        Args:
            found: Suspects.
            changes: Function that returns True if some steps make the difference; None without a trial.
        """
        proofs: dict[str, Proof] = {
            each.sentence: "certain" if each.is_certain else "untried" for each in found
        }
        removable = [each for each in found if each.removal and not each.is_certain]
        for each in removable:
            if (is_it := changes(each.removal)) is not None:
                proofs[each.sentence] = "alone" if is_it else "none"
        is_known = any(proof in ("alone", "certain") for proof in proofs.values())
        if not is_known and len(removable) > 1 and changes(_removal(removable)):
            needed = list(removable)
            for each in removable:  # a suspect that can come back without a difference is no cause
                rest = [other for other in needed if other is not each]
                if changes(_removal(rest)):
                    needed = rest
            proofs.update((each.sentence, "together") for each in needed)
        return tuple(
            Cause(each.sentence, proofs[each.sentence], each.fix, each.first) for each in found
        )

    def _runs(self, node: str, steps: Sequence[Step]) -> bool | None:
        """Return True if the resource runs after ``steps``, on ``node`` unless that is empty."""
        nodes = self._after(steps)
        return None if nodes is None else node in nodes if node else bool(nodes)

    def _after(self, steps: Sequence[Step]) -> tuple[str, ...] | None:
        """Return the nodes of the resource after ``steps``; None without a trial."""
        if self.trials >= _MOST:
            return None
        self.trials += 1
        self.copy.restore()
        for step in steps:
            assert isinstance(step, Tool)
            if self.copy.run(step.argv, self.timeout).status != 0:
                return None
        return self._nodes(SchedulerRuns(self.copy, "copy.xml", self.timeout).outcome().after)


def _removal(found: Sequence[Suspect]) -> tuple[Step, ...]:
    return tuple(step for each in found for step in each.removal)
