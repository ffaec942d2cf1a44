"""The schema that the models describe, as statements: what a migration is compared with."""

from collections.abc import Iterator

import peewee

from desktop.models.base import Table
from desktop.models.registry import LOCAL, PART_TABLES, RECORDS

INDEXES: tuple[str, ...] = (
    "CREATE INDEX membership_person ON membership (person_id)",
    "CREATE INDEX membership_branch ON membership (branch_id, standing, relation)",
    "CREATE INDEX post_person ON post (person_id)",
    "CREATE INDEX post_branch ON post (branch_id)",
    "CREATE INDEX joint_unit_branch ON joint_unit (branch_id)",
    "CREATE INDEX joint_unit_organisation ON joint_unit (organisation_id)",
    "CREATE INDEX management_organisation ON management (organisation_id)",
    "CREATE INDEX instructor_organisation ON instructor (organisation_id)",
    "CREATE INDEX term_branch ON term (branch_id)",
    "CREATE INDEX party_group_branch ON party_group (branch_id)",
    "CREATE INDEX person_number ON person (id_number)",
    "CREATE INDEX person_name ON person (name, born_on)",
    "CREATE INDEX organisation_name ON organisation (name)",
    "CREATE INDEX branch_code ON branch (code)",
    "CREATE INDEX meeting_branch ON meeting (branch_id, held_on, state)",
    "CREATE INDEX meeting_version ON meeting (version_of) WHERE version_of IS NOT NULL",
    "CREATE INDEX attendance_person ON attendance (person_id)",
    "CREATE INDEX organisation_event_organisation ON organisation_event (organisation_id)",
    "CREATE INDEX transfer_person ON transfer (person_id)",
    "CREATE INDEX floating_person ON floating (person_id)",
    "CREATE INDEX contact_log_person ON contact_log (person_id, contacted_on)",
    "CREATE INDEX talk_branch ON talk (branch_id, talked_on)",
    "CREATE INDEX review_person ON review (person_id, year)",
    "CREATE INDEX step_matter ON step (matter_id)",
    "CREATE INDEX participant_matter ON participant (matter_id)",
    "CREATE INDEX matter_person ON matter (person_id)",
    "CREATE INDEX trained_training ON trained (training_id)",
    "CREATE INDEX trained_person ON trained (person_id)",
    "CREATE INDEX dues_basis_person ON dues_basis (person_id)",
    "CREATE INDEX dues_bill_branch ON dues_bill (branch_id, month)",
    "CREATE INDEX dues_bill_person ON dues_bill (person_id, month)",
    "CREATE INDEX dues_payment_bill ON dues_payment (bill_id)",
    "CREATE INDEX plan_item_plan ON plan_item (work_plan_id)",
    "CREATE INDEX rectification_inspection ON rectification (inspection_id)",
    "CREATE INDEX attachment_subject ON attachment (subject)",
)
SEARCH: tuple[str, ...] = (
    (
        "CREATE TABLE search_doc (rowid INTEGER PRIMARY KEY, kind TEXT NOT NULL, pk TEXT NOT NULL, "
        "title TEXT NOT NULL, note TEXT NOT NULL, UNIQUE (kind, pk))"
    ),
    "CREATE VIRTUAL TABLE search_index USING fts5(terms, prefix='1 2 3', tokenize=\"unicode61 remove_diacritics 0\")",
)


def statements() -> Iterator[str]:
    """Give every CREATE of the present models, tables first."""
    for model in (*RECORDS, *PART_TABLES, *LOCAL):
        yield _table(model)
    for model in LOCAL:
        yield from _indexes(model)
    yield from INDEXES
    yield from SEARCH


def _table(model: type[Table]) -> str:
    manager = peewee.SchemaManager(model, database=peewee.SqliteDatabase(None))
    text, parameters = manager._create_table(safe=False).query()  # noqa: SLF001 - peewee's only way to the text
    if parameters:
        raise ValueError(f"{model.__name__} needs bound values")
    return str(text)


def _indexes(model: type[Table]) -> Iterator[str]:
    manager = peewee.SchemaManager(model, database=peewee.SqliteDatabase(None))
    for index in manager._create_indexes(safe=False):  # noqa: SLF001
        yield str(index.query()[0])
