"""What is done with one member or many, in one step from a day on: move to another branch, change standing."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.core.codes import code_set
from desktop.services import memberships
from desktop.services.posts import PostRow
from desktop.ui.context import Context
from desktop.ui.records.form_dialog import FormDialog, Work
from desktop.ui.records.pickers import RecordField, branches_named
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import CheckBox
from desktop.ui.widgets.fields import ChoiceField, DateField, LineField
from desktop.ui.widgets.text import plain_label

NAMED = 12


@dataclass(frozen=True, slots=True)
class Person:
    """One member who is chosen, and the branch where the relation is now."""

    id: bytes
    name: str
    branch: str = ""


def names(people: Sequence[Person]) -> str:
    """Name those who are chosen: `王伟、李娜（青禾商会党支部）等 30 人`."""
    listed = "、".join(one.name for one in people[:NAMED])
    at = {one.branch for one in people if one.branch}
    where = f"，现在都在{next(iter(at))}" if len(at) == 1 and len(people) > 1 else ""
    where = f"，现在在{next(iter(at))}" if len(at) == 1 and len(people) == 1 else where
    return f"{listed}{f' 等 {len(people)} 人' if len(people) > NAMED else ''}{where}。"


def posts_words(posts: Sequence[PostRow]) -> str:
    """Name the posts that a move leaves behind: `在原党组织还有任职：王伟（柳溪党支部 书记）。`."""
    listed = "、".join(f"{row.person}（{row.at} {row.title_name}）" for row in posts[:NAMED])
    return f"在原党组织还有任职：{listed}{f' 等 {len(posts)} 项' if len(posts) > NAMED else ''}。"


class _PeopleDialog(FormDialog):
    """A form about chosen members, with the day and why."""

    def __init__(self, context: Context, parent: QWidget | None, people: Sequence[Person], title: str) -> None:
        super().__init__(context, parent, title=title, note=names(people), verb=title, width=560)
        self.people = tuple(people)
        self.on = DateField("从哪天起", today=context.session.today, key="on", required=True)
        self.on.set_date(context.session.today)
        self.reason = LineField("原因", key="reason", limit=200)
        self.document = LineField("文号", key="document", limit=100)

    @property
    def ids(self) -> tuple[bytes, ...]:
        """Give the ids of those who are chosen."""
        return tuple(one.id for one in self.people)

    @property
    def day(self) -> str:
        """Give the day as services take it."""
        found = self.on.date()
        return found.isoformat() if found else ""


class MoveDialog(_PeopleDialog):
    """Move members to another branch of this committee, without a letter of introduction."""

    def __init__(self, context: Context, parent: QWidget | None, people: Sequence[Person]) -> None:
        super().__init__(context, parent, people, f"移动 {len(people)} 名党员")
        self.to = RecordField("移到哪个支部", context, branches_named, key="to", required=True)
        self.section("", [(self.to, 2), self.on, self.document, (self.reason, 2)])
        self.end_posts = CheckBox("移动的前一天，同时结束这些任职")
        self.posts_said = plain_label("", "label", wrap=True)
        for part in (self.posts_said, self.end_posts):
            part.hide()
            self.box.addWidget(part)
        self._posts: tuple[PostRow, ...] = ()
        self.begin()
        ids = self.ids
        context.tasks.run_query(
            self, lambda session: memberships.posts_left(session, persons=ids), self._held, failed=lambda _error: None
        )

    def _held(self, posts: tuple[PostRow, ...]) -> None:
        """Name the posts that would stay behind, and offer to end them."""
        self._posts = posts
        if posts:
            self.posts_said.setText(posts_words(posts))
            self.end_posts.setChecked(True)
            for part in (self.posts_said, self.end_posts):
                part.show()
            more = self.posts_said.heightForWidth(self.content.width()) + self.end_posts.sizeHint().height()
            self.resize(self.width(), self.height() + more + theme().px(32))

    def work(self) -> Work | None:
        """Move them all in one step."""
        ids, to, day = self.ids, self.to.key_of() or b"", self.day
        reason, document = self.reason.value() or None, self.document.value() or None
        ending = tuple(row.id for row in self._posts) if self.end_posts.isChecked() else ()
        return lambda session: memberships.move(
            session, persons=ids, to=to, on=day, reason=reason, document=document, ending=ending
        )


class StandingDialog(_PeopleDialog):
    """Change standing or relation: 转正, 延长预备期, 流出, 出党, 去世."""

    def __init__(self, context: Context, parent: QWidget | None, people: Sequence[Person]) -> None:
        super().__init__(context, parent, people, f"改变 {len(people)} 名党员的状态")
        self.standing = ChoiceField[str]("党员状态", _choices("standing"), key="standing", blank="不变")
        self.relation = ChoiceField[str]("组织关系状态", _choices("relation"), key="relation", blank="不变")
        self.section("", [self.standing, self.relation, self.on, self.document, (self.reason, 2)])
        self.begin()

    def work(self) -> Work | None:
        """Change them all in one step."""
        ids, day, standing, relation = self.ids, self.day, self.standing.value(), self.relation.value()
        reason, document = self.reason.value() or None, self.document.value() or None
        return lambda session: memberships.change(
            session, persons=ids, on=day, standing=standing, relation=relation, reason=reason, document=document
        )


def _choices(name: str) -> list[tuple[str, str]]:
    return [(row.code, row.name) for row in code_set(name).codes]
