"""The codes that rules look at; the services translate stored codes into these words where they differ."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of a gathering that the rules count (domain.md §3.2)."""

    MEMBERS = "members"
    COMMITTEE = "committee"
    GROUP = "group"
    LECTURE = "lecture"
    THEME_DAY = "theme_day"


class Title(StrEnum):
    """Posts in a Party organisation: the codes of the table `post_title` (domain.md §4.10)."""

    SECRETARY = "01"
    DEPUTY = "02"
    FULL_TIME_DEPUTY = "03"
    FIRST_SECRETARY = "04"
    ORGANISATION = "05"
    PUBLICITY = "06"
    DISCIPLINE = "07"
    UNITED_FRONT = "08"
    YOUTH = "09"
    COMMITTEE_MEMBER = "10"
    GROUP_LEADER = "11"


KIND_WORDS: dict[str, str] = {
    Kind.MEMBERS: "支部党员大会",
    Kind.COMMITTEE: "支部委员会会议",
    Kind.GROUP: "党小组会",
    Kind.LECTURE: "党课",
    Kind.THEME_DAY: "主题党日",
}

TITLE_WORDS: dict[str, str] = {
    Title.SECRETARY: "书记",
    Title.DEPUTY: "副书记",
    Title.FULL_TIME_DEPUTY: "专职副书记",
    Title.FIRST_SECRETARY: "第一书记",
    Title.ORGANISATION: "组织委员",
    Title.PUBLICITY: "宣传委员",
    Title.DISCIPLINE: "纪检委员",
    Title.UNITED_FRONT: "统战委员",
    Title.YOUTH: "青年委员",
    Title.COMMITTEE_MEMBER: "委员",
    Title.GROUP_LEADER: "党小组长",
}

# Registration (domain.md §4.6): 备案, against `A` 登记.
FILED = "B"

COMMITTEE_TITLES = frozenset(Title) - {Title.GROUP_LEADER, Title.FIRST_SECRETARY}

# Standing (domain.md §4.9). 留党察看 and 权利中止 stay full members; they only lose their vote (MTG-12).
FULL = frozenset({"50", "51", "52"})
PROBATIONARY = frozenset({"40", "41"})
MEMBERS = FULL | PROBATIONARY
# Out of the Party, or dead: on no roll, so the relation ends with the day on which it came to be.
LEFT = frozenset({"70", "71", "72", "73", "74", "75", "76", "80"})
STANDING_WORDS: dict[str, str] = {
    "10": "入党申请人",
    "20": "入党积极分子",
    "30": "发展对象",
    "40": "预备党员",
    "41": "延长预备期的预备党员",
    "50": "正式党员",
    "51": "留党察看期间的党员",
    "52": "权利中止的党员",
    "60": "停止党籍的人员",
}

# Relation (domain.md §4.9): those still on the roll here; 转出在途 stays with the branch that sent (REL-02).
ON_ROLL = frozenset({"R1", "R2", "R5", "R7", "R8"})

# Attendance (domain.md §3.1).
PRESENT, ONLINE, OBSERVER, EXCLUDED = "1", "7", "6", "8"
ABSENT = frozenset({"2", "3", "4", "5"})
