"""What the town of the small demo is made of: its villages, its Party organisations, its social organisations."""

from dataclasses import dataclass
from datetime import date

TOWN, COUNTY = "青禾街道", "澄湾区"
COMMUNITIES = ("望湖社区", "柳溪社区", "桑园社区", "北渚社区", "棠梨社区", "云帆社区")
VILLAGES = ("东塍村", "南圩村", "稻香村", "长堤村")
PLACES = (*COMMUNITIES, *VILLAGES)
GENERAL = frozenset({"望湖社区", "东塍村"})  # these two are general branches (党总支)
VILLAGE_MEMBERS = (8, 8, 7, 7, 7, 7, 8, 8, 7, 7)
WITH_PROBATIONARY = frozenset({0, 1, 4})
OFFICES = ("澄湾区委社会工作部", "澄湾区民政局", "澄湾区司法局", "青禾街道社会事务办公室")


@dataclass(frozen=True, slots=True)
class Unit:
    """One social organisation that has members: its name, type, place, and how many full members it has."""

    name: str
    type: str
    place: str
    full: int
    probationary: int = 0


@dataclass(frozen=True, slots=True)
class Shape:
    """One Party organisation of the field ⑧ as it is laid out; `note` is the key by which faults name it."""

    note: str
    name: str
    kind: str
    founded: date
    elected: date
    units: tuple[Unit, ...] = ()
    seats: int = 1
    groups: int = 0
    full: int = 0
    probationary: int = 0

    @property
    def place(self) -> str:
        """The village or community that it lies in: that of its first unit."""
        return self.units[0].place if self.units else PLACES[0]


def _own(
    note: str, unit: Unit, founded: tuple[int, int, int], elected: tuple[int, int, int], seats: int = 1, groups: int = 0
) -> Shape:
    return Shape(note, f"{unit.name}党支部", "P4", date(*founded), date(*elected), (unit,), seats, groups)


def _joint(
    note: str, name: str, founded: tuple[int, int, int], elected: tuple[int, int, int], seats: int, *units: Unit
) -> Shape:
    return Shape(note, f"{name}联合党支部", "P5", date(*founded), date(*elected), units, seats)


SHAPES: tuple[Shape, ...] = (
    _own("sj", Unit("柳溪社区老年协会", "B", "柳溪社区", 11, 1), (2019, 5, 10), (2025, 3, 20), 3, 2),
    _own("large", Unit("青禾街道养老服务中心", "A2", "望湖社区", 51, 2), (2018, 6, 28), (2024, 9, 12), 5, 4),
    _own("no committee", Unit("北渚社区志愿服务队", "B", "北渚社区", 8), (2020, 6, 10), (2023, 6, 10)),
    _own("term over", Unit("澄湾区书画协会", "A1", "桑园社区", 9, 1), (2017, 9, 20), (2023, 9, 20), 3),
    _own("term near", Unit("青禾街道青年创业协会", "A1", "云帆社区", 8, 1), (2021, 4, 20), (2024, 4, 20), 3),
    _own("small committee", Unit("桑园社区邻里互助会", "B", "桑园社区", 5), (2020, 11, 2), (2024, 11, 2), 3),
    _own("plain", Unit("东塍村农机技术协会", "B", "东塍村", 4), (2021, 7, 15), (2024, 7, 15)),
    _own("young", Unit("望湖社区托育服务中心", "A2", "望湖社区", 3), (2025, 8, 18), (2025, 8, 18)),
    _own("no discipline", Unit("青禾街道法律服务所", "A4", "棠梨社区", 7), (2019, 3, 12), (2025, 4, 9), 3),
    _joint(
        "six units", "望湖社区文体团队", (2020, 9, 1), (2024, 10, 16), 3,
        Unit("望湖社区书画协会", "B", "望湖社区", 2), Unit("望湖社区太极拳队", "B", "望湖社区", 2),
        Unit("望湖社区广场舞队", "B", "望湖社区", 2), Unit("北渚社区太极拳队", "B", "北渚社区", 1, 1),
        Unit("柳溪社区志愿服务队", "B", "柳溪社区", 1), Unit("青禾街道环保志愿队", "A1", "棠梨社区", 1),
    ),
    _joint(
        "two secretaries", "南圩稻香", (2021, 10, 8), (2024, 12, 5), 1,
        Unit("南圩村农机技术协会", "B", "南圩村", 2), Unit("南圩村红白理事会", "B", "南圩村", 2),
        Unit("稻香村老年协会", "B", "稻香村", 2),
    ),
    _joint(
        "no approval", "澄湾区志愿托育", (2022, 3, 1), (2025, 3, 1), 1,
        Unit("澄湾区志愿服务队", "A1", "长堤村", 2), Unit("青禾街道托育服务中心", "A2", "长堤村", 2),
    ),
    Shape("floating", "青禾街道流动党员党支部", "P7", date(2022, 5, 6), date(2025, 5, 6), (), 3, 0, 13, 1),
    Shape("temporary", "青禾街道社区服务项目临时党支部", "P6", date(2026, 3, 10), date(2026, 3, 10), (), 1, 0, 6),
)
COMMITTEE = Shape("committee", "青禾街道社会组织综合党委", "P1", date(2017, 11, 20), date(2022, 11, 20), (), 1, 0, 2)
UNCOVERED = Unit("青禾街道志愿服务队", "A1", "云帆社区", 4)
NEARBY = Unit("长堤村老年协会", "B", "长堤村", 2)

_FREE_KINDS = ("老年协会", "志愿服务队", "邻里互助会", "书画协会", "太极拳队", "广场舞队", "红白理事会", "调解工作室")
_REGISTERED = (
    Unit("澄湾区太极拳队", "A1", "桑园社区", 0), Unit("澄湾区邻里互助会", "A1", "望湖社区", 0),
    Unit("青禾街道书画协会", "A1", "柳溪社区", 0), Unit("澄湾区环保志愿队", "A1", "云帆社区", 0),
    Unit("澄湾区养老服务中心", "A2", "北渚社区", 0), Unit("柳溪社区养老服务中心", "A2", "柳溪社区", 0),
    Unit("青禾街道养老公益基金会", "A3", "棠梨社区", 0),
)  # fmt: skip
FILED_WITHOUT_MEMBERS = 19


def without_members() -> tuple[Unit, ...]:
    """Give the organisations in which nobody is a member: 19 filed ones, then 7 registered ones."""
    taken = {unit.name for shape in SHAPES for unit in shape.units} | {NEARBY.name}
    free = [
        Unit(place + kind, "B", place, 0) for kind in _FREE_KINDS for place in PLACES if place + kind not in taken
    ]
    return (*free[: 2 * FILED_WITHOUT_MEMBERS : 2], *_REGISTERED)
