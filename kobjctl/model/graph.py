"""The ways through a workflow: which steps follow, precede or are certain to precede which.

The nodes are step ids, the trigger's `"1"` first, then the steps in document order; the edges
are transitions and error cases (`manual/platform.md 1.5, 2.2`). A target that no
step has is no edge. Steps that share an id count as one step with the ways of all of them.
Nothing here recurses, as a chain of steps may be longer than Python's stack.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import TypeAlias

from kobjctl.model.workflow import Workflow

Edges: TypeAlias = Mapping[str, Sequence[str]]


def successors(workflow: Workflow) -> dict[str, tuple[str, ...]]:
    """Return for each step id the ids that can come next, in the order they are tried."""
    # The inner dict stands for an ordered set.
    targets: dict[str, dict[str, None]] = {}
    for step in (workflow.trigger, *workflow.steps):
        ways = (*step.transitions, *step.error_cases)
        targets.setdefault(step.id, {}).update(dict.fromkeys(way.target for way in ways))
    return {
        step_id: tuple(target for target in ways if target in targets)
        for step_id, ways in targets.items()
    }


def reachable(workflow: Workflow) -> set[str]:
    """Return the ids that some path from the trigger leads to, the trigger's own included."""
    return _reach([workflow.trigger.id], successors(workflow))


def descendants(workflow: Workflow) -> dict[str, set[str]]:
    """Return for each step id the ids that can come after it; its own if it is on a cycle."""
    forward = successors(workflow)
    return {step_id: _reach(targets, forward) for step_id, targets in forward.items()}


def ancestors(workflow: Workflow, step_id: str) -> tuple[str, ...]:
    """Return the ids of the steps that may have run before this one, in document order.

    A step on a cycle is among its own ancestors. A step that can't be reached has none.
    """
    forward = successors(workflow)
    alive = _reach([workflow.trigger.id], forward)
    if step_id not in alive:
        return ()
    backward = _reversed(forward)
    before = alive & _reach(backward[step_id], backward)
    return tuple(candidate for candidate in forward if candidate in before)


def certain(workflow: Workflow, step_id: str) -> tuple[str, ...]:
    """Return the ids of the steps that have run on every path to this one, in document order.

    A step that was left through an error case has run. The step itself is not among them; a
    step that can't be reached has none. Ask `immediate_dominators` once for many steps.
    """
    dominator = immediate_dominators(workflow)
    chain: set[str] = set()
    while step_id in dominator:
        step_id = dominator[step_id]
        chain.add(step_id)
    return tuple(candidate for candidate in successors(workflow) if candidate in chain)


def immediate_dominators(workflow: Workflow) -> dict[str, str]:
    """Return for each reachable step but the trigger the last step that every path to it passes.

    Following the answer up to the trigger gives all the steps that are `certain`.
    """
    # Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm": with the nodes numbered
    # in reverse postorder, one pass settles a graph without cycles.
    forward = successors(workflow)
    order = postorder([workflow.trigger.id], forward)[::-1]
    number = {step_id: position for position, step_id in enumerate(order)}
    backward = _reversed({step_id: forward[step_id] for step_id in order})
    before = [[number[previous] for previous in backward[step_id]] for step_id in order]
    parents = {0: 0}
    changed = True
    while changed:
        changed = False
        for node in range(1, len(order)):
            parent = _meet({previous for previous in before[node] if previous in parents}, parents)
            changed = changed or parents.get(node) != parent
            parents[node] = parent
    return {
        step_id: order[parents[number[step_id]]]
        for step_id in forward
        if step_id in number and step_id != workflow.trigger.id
    }


def find_cycles(workflow: Workflow) -> list[list[str]]:
    """Return a shortest cycle for each group of steps that lead to each other.

    `["a", "b"]` means that a leads to b and b to a. A cycle starts with the step at which a run
    enters it, and the cycles are in the document order of these. Unreachable ones count, as the
    platform's loop check is over the whole graph (`manual/platform.md 1.5`).
    """
    forward = successors(workflow)
    cycles = {
        entry: _shortest_cycle(entry, members, forward) for entry, members in _components(forward)
    }
    return [cycles[entry] for entry in forward if cycles.get(entry)]


def _reach(starts: Iterable[str], edges: Edges, without: Collection[str] = ()) -> set[str]:
    seen = set(starts)
    todo = list(seen)
    while todo:
        for target in edges[todo.pop()]:
            if target not in seen and target not in without:
                seen.add(target)
                todo.append(target)
    return seen


def _reversed(edges: Edges) -> dict[str, list[str]]:
    backward: dict[str, list[str]] = {step_id: [] for step_id in edges}
    for step_id, targets in edges.items():
        for target in targets:
            backward[target].append(step_id)
    return backward


def postorder(roots: Sequence[str], edges: Edges) -> list[str]:
    """Return every id reached from the roots, each after all that it leads to, cycles apart."""
    order: list[str] = []
    seen: set[str] = set()
    todo = [(root, False) for root in reversed(roots)]
    while todo:
        step_id, left = todo.pop()
        if left:
            order.append(step_id)
        elif step_id not in seen:
            seen.add(step_id)
            todo.append((step_id, True))
            todo.extend((target, False) for target in reversed(edges[step_id]))
    return order


def _meet(nodes: set[int], parents: Mapping[int, int]) -> int:
    """Return the closest common ancestor in a tree where a parent's number is the lower one."""
    # Walking up from the highest number first visits each node once, however many paths join.
    heap = [-node for node in nodes]
    heapify(heap)
    seen = set(nodes)
    while len(heap) > 1:
        parent = parents[-heappop(heap)]
        if parent not in seen:
            seen.add(parent)
            heappush(heap, -parent)
    return -heap[0]


def _components(edges: Edges) -> Iterator[tuple[str, set[str]]]:
    """Yield the groups of ids that lead to each other, each with the id it is entered by."""
    # Kosaraju's algorithm; the trigger is the first root, so its first visit is a run's.
    backward = _reversed(edges)
    taken: set[str] = set()
    for entry in reversed(postorder(tuple(edges), edges)):
        if entry not in taken:
            members = _reach([entry], backward, without=taken)
            taken |= members
            yield entry, members


def _shortest_cycle(entry: str, members: Collection[str], edges: Edges) -> list[str]:
    """Return the ids from `entry` round to it again; empty when no way leads back."""
    came_from: dict[str, str] = {}
    queue = deque([entry])
    while queue:
        here = queue.popleft()
        if entry in edges[here]:
            path = [here]
            while path[-1] != entry:
                path.append(came_from[path[-1]])
            return path[::-1]
        for target in edges[here]:
            if target in members and target not in came_from:
                came_from[target] = here
                queue.append(target)
    return []
