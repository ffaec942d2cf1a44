"""Local state of synchronisation (sync.md §1.3): stamps beside the rows, origins, sites, chain, what is set aside."""

import peewee

from desktop.models.base import Code, Hash, IdField, Instant, Json, KeyText, Table, Text, Whole


class SyncSelf(Table):
    """This installation: one row, key 1."""

    id = Whole(primary_key=True, null=False)
    site = IdField(null=False)
    epoch = IdField(null=False)
    db_uuid = IdField(null=False)
    path = Text(null=False)
    kind = Code(null=False)
    name = Text(null=False)
    hlc = Whole(null=False)
    lsn = Whole(null=False)

    class Meta:
        """Named as sync.md does."""

        table_name = "sync_self"


class SyncKey(Table):
    """This installation's private keys, wrapped under the data key."""

    id = Whole(primary_key=True, null=False)
    site = IdField(null=False)
    minisign = Text(null=False)
    age = Text(null=False)
    wrapped = IdField(null=False)
    created_on = Text(null=False)
    state = Code(null=False)

    class Meta:
        """Named as sync.md does."""

        table_name = "sync_key"


class SyncOrigin(Table):
    """Every (site, epoch) that a stamp here points to; `org` is local."""

    org = Whole(primary_key=True, null=False)
    site = IdField(null=False)
    epoch = IdField(null=False)
    forked_hlc = Whole()

    class Meta:
        """An origin stands once."""

        table_name = "sync_origin"
        indexes = ((("site", "epoch"), True),)


class SyncTable(Table):
    """The local number of each table's name, to keep stamps small."""

    tbl = Whole(primary_key=True, null=False)
    name = Text(null=False, unique=True)

    class Meta:
        """Named as sync.md does."""

        table_name = "sync_table"


class SyncRow(Table):
    """The stamp of a row, of all its groups that have no cell of their own."""

    tbl = Whole(null=False)
    pk = KeyText(null=False)
    path = Text(null=False)
    lsn = Whole(null=False)
    gen = Whole(null=False)
    hlc = Whole(null=False)
    org = Whole(null=False)
    hist = Text()

    class Meta:
        """Found by row and by sequence number."""

        table_name = "sync_row"
        primary_key = peewee.CompositeKey("tbl", "pk")
        without_rowid = True
        indexes = ((("lsn",), False),)


class SyncCell(Table):
    """The stamp of one group where it differs from its row's; a null hlc is a group that the row never had."""

    tbl = Whole(null=False)
    pk = KeyText(null=False)
    grp = Code(null=False)
    gen = Whole()
    hlc = Whole()
    org = Whole()
    hist = Text()

    class Meta:
        """Found by cell."""

        table_name = "sync_cell"
        primary_key = peewee.CompositeKey("tbl", "pk", "grp")
        without_rowid = True


class SyncUnknown(Table):
    """Columns and tables of newer programs, kept to be sent on as they came."""

    tbl = Text(null=False)
    pk = KeyText(null=False)
    content = Json(null=False)

    class Meta:
        """Found by row."""

        table_name = "sync_unknown"
        primary_key = peewee.CompositeKey("tbl", "pk")


class SyncDoc(Table):
    """Signed documents held (key lists and, later, packs), as they came."""

    doc = Code(null=False)
    name = Text(null=False)
    version = Whole(null=False)
    text = Text(null=False)
    sig = Text(null=False)

    class Meta:
        """The newest version stands."""

        table_name = "sync_doc"
        primary_key = peewee.CompositeKey("doc", "name")


class SyncSite(Table):
    """Known sites, read off the key lists held."""

    site = IdField(null=False)
    serial = Whole(null=False)
    issuer = Text(null=False)
    role = Code(null=False)
    name = Text(null=False)
    scopes = Json(null=False)
    minisign = Text(null=False)
    age = Text(null=False)
    status = Code(null=False)
    last_ok = Json(null=False)

    class Meta:
        """A site may have several serials."""

        table_name = "sync_site"
        primary_key = peewee.CompositeKey("site", "serial")


class SyncRoot(Table):
    """The issuer whose fingerprint was typed from paper or telephone."""

    id = Whole(primary_key=True, null=False)
    site = IdField(null=False)
    path = Text(null=False)
    minisign = Text(null=False)
    age = Text(null=False)

    class Meta:
        """Named as sync.md does."""

        table_name = "sync_root"


class SyncAck(Table):
    """How far each other site has applied what this origin wrote (its acknowledgements)."""

    site = IdField(null=False)
    epoch = IdField(null=False)
    lsn = Whole(null=False)

    class Meta:
        """One a site and own epoch."""

        table_name = "sync_ack"
        primary_key = peewee.CompositeKey("site", "epoch")


class SyncApplied(Table):
    """How far this installation has applied each other origin."""

    site = IdField(null=False)
    epoch = IdField(null=False)
    lsn = Whole(null=False)
    number = Whole(null=False)
    sha256 = Hash(null=False)

    class Meta:
        """One an origin."""

        table_name = "sync_applied"
        primary_key = peewee.CompositeKey("site", "epoch")


class SyncChain(Table):
    """The packages that this origin has exported."""

    epoch = IdField(null=False)
    number = Whole(null=False)
    sha256 = Hash(null=False)
    lsn = Whole(null=False)
    hlc = Whole(null=False)
    package_id = IdField(null=False)
    to_path = Text(null=False)
    file_name = Text(null=False)
    made_at = Instant(null=False)

    class Meta:
        """One a number."""

        table_name = "sync_chain"
        primary_key = peewee.CompositeKey("epoch", "number")


class SyncWitness(Table):
    """The last link seen of every other origin's chain."""

    org = Whole(null=False)
    number = Whole(null=False)
    sha256 = Hash(null=False)
    hlc = Whole(null=False)

    class Meta:
        """One a number of an origin."""

        table_name = "sync_witness"
        primary_key = peewee.CompositeKey("org", "number")


class SyncImport(Table):
    """Every package that was applied or held, with its counts."""

    package_id = IdField(primary_key=True)
    sha256 = Hash(null=False)
    unit = Whole()
    site = IdField(null=False)
    from_path = Text(null=False)
    number = Whole(null=False)
    made_at = Instant(null=False)
    account = Text()
    counts = Json(null=False)
    state = Code(null=False)

    class Meta:
        """Named as sync.md does."""

        table_name = "sync_import"


class SyncBefore(Table):
    """How a row was stamped before a merge, for taking the merge back; table 0 is the note of the merge itself."""

    package_id = IdField(null=False)
    tbl = Whole(null=False)
    pk = KeyText(null=False)
    content = Json(null=False)

    class Meta:
        """One a row and merge."""

        table_name = "sync_before"
        primary_key = peewee.CompositeKey("package_id", "tbl", "pk")
        without_rowid = True


class SyncPending(Table):
    """Rows set aside (隔离), each with its reason."""

    id = peewee.AutoField()
    package_id = IdField(null=False)
    tbl = Text(null=False)
    pk = KeyText(null=False)
    reason = Code(null=False)
    content = Json(null=False)

    class Meta:
        """Found by package."""

        table_name = "sync_pending"
        indexes = ((("package_id",), False),)
