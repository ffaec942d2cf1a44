"""Villages and communities (村、社区)."""

from desktop.models.base import Code, Record, Text, Whole, define


class Place(Record):
    """A village or community of the township; `code` is the 12-digit statistical code where it is known."""

    name = Text(null=False)
    kind = Code()
    code = Code()
    sort = Whole()


Place.SPEC = define(Place, path="own")
