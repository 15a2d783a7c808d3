"""The project under judgement: all that the files define, beside the org and the stubs."""

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from kobjctl.files.document import Document
from kobjctl.lint.project.files import Files
from kobjctl.lint.project.project import Project

if TYPE_CHECKING:
    from kobjctl.store.store import Store


class ProjectSubject(NamedTuple):
    """The files with what they define, and what stands beside them.

    `org` is None where none was named; `stubs` are stub files, `hosts` those that requests may go
    to without them.
    """

    files: Files
    project: Project
    store: "Store | None" = None
    stubs: tuple[Document, ...] = ()
    hosts: Collection[str] = ()
