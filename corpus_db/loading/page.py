"""The blocks of a draft with their roles, and where the body begins and ends: what facts are read from."""

from dataclasses import dataclass

from corpus_db.records import Block, Draft, Fact, Role

HEAD = 4  # blocks below the first paragraph in which a line can still belong to the head


@dataclass(frozen=True, slots=True)
class Page:
    """A draft whose blocks have roles. `first` and `last` are the places of its first and last paragraph."""

    source: str
    draft: Draft
    roles: tuple[Role, ...]
    first: int
    last: int
    by_role: dict[Role, list[tuple[int, Block]]]

    @classmethod
    def of(cls, source: str, draft: Draft, roles: tuple[Role, ...]) -> "Page":
        """The page of a draft; without a paragraph, all of it is head."""
        by_role: dict[Role, list[tuple[int, Block]]] = {}
        for at, (role, block) in enumerate(zip(roles, draft.blocks, strict=True)):
            by_role.setdefault(role, []).append((at, block))
        body = [at for at, _ in by_role.get(Role.PARAGRAPH, ())] or [len(roles)]
        return cls(source, draft, roles, body[0], body[-1], by_role)

    def blocks(self, *roles: Role) -> list[tuple[int, Block]]:
        """The blocks with one of these roles, with their places, in order."""
        return sorted(each for role in roles for each in self.by_role.get(role, ()))

    def fact(self, field: str, value: str, block: Block, start: int, stop: int, source: str) -> Fact:
        """A fact that `block.text[start:stop]` states."""
        begin, end = block.locate(self.source, start, stop)
        return Fact(field, value, block.text[start:stop], source, begin, end)

    def whole(self, field: str, block: Block, source: str) -> Fact:
        """A fact that the whole of a block's text states."""
        return self.fact(field, block.text, block, 0, len(block.text), source)
