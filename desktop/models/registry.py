"""Every table of the house, parents before children: what triggers, packages and history walk."""

from desktop.core.tables import PartSpec, TableSpec
from desktop.models import house, sync_state
from desktop.models.absence import Absence
from desktop.models.activity import Activity
from desktop.models.allowance import Allowance
from desktop.models.attachment import Attachment
from desktop.models.base import Record, Table
from desktop.models.branch import Branch
from desktop.models.certificate_letter import CertificateLetter
from desktop.models.collection import Collection
from desktop.models.conflict import Conflict
from desktop.models.contact_log import ContactLog
from desktop.models.contact_point import ContactPoint
from desktop.models.decision import Decision
from desktop.models.document_out import DocumentOut
from desktop.models.dues_basis import DuesBasis
from desktop.models.dues_bill import DuesBill
from desktop.models.dues_month import DuesMonth
from desktop.models.dues_payment import DuesPayment
from desktop.models.duty_report import DutyReport
from desktop.models.floating import Floating
from desktop.models.form_number import FormNumber
from desktop.models.fund_line import FundLine
from desktop.models.grading import Grading
from desktop.models.honour import Honour
from desktop.models.inspection import Inspection
from desktop.models.instructor import Instructor
from desktop.models.joint_task import JointTask
from desktop.models.joint_unit import JointUnit
from desktop.models.key_project import KeyProject
from desktop.models.management import Management
from desktop.models.management_attendance import ManagementAttendance
from desktop.models.matter import ELECTION, Matter
from desktop.models.meeting import PARTS, Meeting
from desktop.models.membership import Membership
from desktop.models.milestone import Milestone
from desktop.models.move import Move
from desktop.models.office import Office
from desktop.models.opinion import Opinion
from desktop.models.organisation import Organisation
from desktop.models.organisation_event import OrganisationEvent
from desktop.models.pairing import Pairing
from desktop.models.participant import Participant
from desktop.models.party_group import PartyGroup
from desktop.models.person import Person
from desktop.models.phrase import Phrase
from desktop.models.pioneer_post import PioneerPost
from desktop.models.place import Place
from desktop.models.plan_item import PlanItem
from desktop.models.post import Post
from desktop.models.publicity import Publicity
from desktop.models.punishment import Punishment
from desktop.models.quota import Quota
from desktop.models.recommendation import Recommendation
from desktop.models.rectification import Rectification
from desktop.models.remark import Remark
from desktop.models.remittance import Remittance
from desktop.models.request import Request
from desktop.models.review import Review
from desktop.models.self_analysis import SelfAnalysis
from desktop.models.service_item import ServiceItem
from desktop.models.step import Step
from desktop.models.superior_notice import SuperiorNotice
from desktop.models.talent import Talent
from desktop.models.talent_contact import TalentContact
from desktop.models.talk import Talk
from desktop.models.term import Term
from desktop.models.trained import Trained
from desktop.models.training import Training
from desktop.models.transfer import Transfer
from desktop.models.venue import Venue
from desktop.models.work_plan import WorkPlan

RECORDS: tuple[type[Record], ...] = (
    Place, Office, Person, Branch, Organisation, JointUnit, Term, PartyGroup, Post, Management, Instructor,
    Membership, Meeting, Remark,  # of the first schema; what came later stands below, parents before children
    OrganisationEvent, Venue, Punishment, Move, Transfer, CertificateLetter, Absence, Floating, ContactLog, Talk,
    Review, SelfAnalysis, DutyReport, Opinion, ManagementAttendance, Matter, Publicity, Training, Step, Participant,
    Quota, FormNumber, Trained, Talent, DuesBasis, DuesBill, DuesPayment, DuesMonth, Remittance, FundLine, Allowance,
    Grading, Inspection, Rectification, PioneerPost, Pairing, ServiceItem, Activity, Honour, TalentContact,
    Recommendation, WorkPlan, PlanItem, KeyProject, Milestone, ContactPoint, JointTask, SuperiorNotice, Request,
    Decision, Collection, Attachment, DocumentOut, Phrase,
    Conflict,
)  # fmt: skip
PART_TABLES: tuple[type[Table], ...] = (*PARTS, *ELECTION)
LOCAL: tuple[type[Table], ...] = (
    house.Account, house.Setting, house.Draft, house.SavedView, house.Unit, house.Change, house.UnitOpen, house.Audit,
    house.Migration,
    sync_state.SyncSelf, sync_state.SyncKey, sync_state.SyncOrigin, sync_state.SyncTable, sync_state.SyncRow,
    sync_state.SyncCell, sync_state.SyncUnknown, sync_state.SyncDoc, sync_state.SyncSite, sync_state.SyncRoot,
    sync_state.SyncAck, sync_state.SyncApplied, sync_state.SyncChain, sync_state.SyncWitness, sync_state.SyncImport,
    sync_state.SyncPending, sync_state.SyncBefore,
)  # fmt: skip

SPECS: dict[str, TableSpec] = {model.SPEC.name: model.SPEC for model in RECORDS}
MODELS: dict[str, type[Record]] = {model.SPEC.name: model for model in RECORDS}
PART_SPECS: dict[str, PartSpec] = {part.name: part for spec in SPECS.values() for part in spec.parts}


def stored_columns(spec: TableSpec) -> tuple[str, ...]:
    """Give the columns that stand in the database, in its order: all but the JSON ones of parts."""
    parts = {part.name for part in spec.parts}
    return tuple(column.name for column in spec.columns if column.name not in parts)
