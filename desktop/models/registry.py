"""Every table of the house, parents before children: what triggers, packages and history walk."""

from desktop.core.tables import PartSpec, TableSpec
from desktop.models import house, sync_state
from desktop.models.base import Record, Table
from desktop.models.branch import Branch
from desktop.models.conflict import Conflict
from desktop.models.instructor import Instructor
from desktop.models.joint_unit import JointUnit
from desktop.models.management import Management
from desktop.models.meeting import PARTS, Meeting
from desktop.models.membership import Membership
from desktop.models.office import Office
from desktop.models.organisation import Organisation
from desktop.models.party_group import PartyGroup
from desktop.models.person import Person
from desktop.models.place import Place
from desktop.models.post import Post
from desktop.models.remark import Remark
from desktop.models.term import Term

RECORDS: tuple[type[Record], ...] = (
    Place, Office, Person, Branch, Organisation, JointUnit, Term, PartyGroup, Post, Management, Instructor,
    Membership, Meeting, Remark, Conflict,
)  # fmt: skip
PART_TABLES: tuple[type[Table], ...] = tuple(PARTS)
LOCAL: tuple[type[Table], ...] = (
    house.Account, house.Setting, house.Draft, house.Unit, house.Change, house.UnitOpen, house.Audit, house.Migration,
    sync_state.SyncSelf, sync_state.SyncKey, sync_state.SyncOrigin, sync_state.SyncTable, sync_state.SyncRow,
    sync_state.SyncCell, sync_state.SyncUnknown, sync_state.SyncDoc, sync_state.SyncSite, sync_state.SyncRoot,
    sync_state.SyncAck, sync_state.SyncApplied, sync_state.SyncChain, sync_state.SyncWitness, sync_state.SyncImport,
    sync_state.SyncPending,
)  # fmt: skip

SPECS: dict[str, TableSpec] = {model.SPEC.name: model.SPEC for model in RECORDS}
MODELS: dict[str, type[Record]] = {model.SPEC.name: model for model in RECORDS}
PART_SPECS: dict[str, PartSpec] = {part.name: part for spec in SPECS.values() for part in spec.parts}


def stored_columns(spec: TableSpec) -> tuple[str, ...]:
    """Give the columns that stand in the database, in its order: all but the JSON ones of parts."""
    parts = {part.name for part in spec.parts}
    return tuple(column.name for column in spec.columns if column.name not in parts)
