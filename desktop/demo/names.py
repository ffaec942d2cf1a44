"""Names of people who do not exist (domain.md §8.3): weights by surname, given names by cohort, and rare ones."""

from random import Random

# Weights of the 2019 report on surnames, approximate, with those common in Jiangsu raised by half.
_SURNAMES: dict[str, float] = {
    "王": 7.2, "李": 7.0, "张": 6.7, "刘": 5.1, "陈": 4.6, "杨": 3.1, "黄": 2.3, "赵": 2.0, "吴": 2.0, "周": 1.9,
    "徐": 2.6, "孙": 1.5, "马": 1.3, "朱": 1.8, "胡": 1.2, "郭": 1.1, "何": 1.1, "高": 1.0, "林": 1.0, "罗": 0.9,
    "陆": 1.0, "顾": 0.9, "沈": 1.2, "钱": 0.9, "季": 0.6, "施": 0.8, "曹": 0.8, "许": 0.8, "丁": 0.7, "蒋": 0.7,
    "单": 0.2, "查": 0.2, "盖": 0.1, "仇": 0.2, "解": 0.2, "区": 0.1, "曾": 0.4, "任": 0.4, "缪": 0.3,
}  # fmt: skip
_COHORTS: tuple[tuple[int, str, str], ...] = (
    (1960, "建国 国强 德明 永福 宝生 长根 福生 金才", "秀英 桂兰 玉珍 凤英 素珍 秀兰 桂英 月琴"),
    (1980, "建军 志强 建华 卫东 国平 永明 海波 立新", "丽华 桂芳 红梅 建芳 秀芳 晓红 玉兰 爱琴"),
    (1995, "伟 磊 涛 鹏 志远 俊杰 晓东 海涛", "敏 静 婷 丹 雪梅 丽娟 晓燕 佳"),
    (9999, "子涵 浩然 宇轩 一鸣 天宇 俊豪 博文 家豪", "欣怡 雨桐 梦瑶 诗涵 佳怡 思琪 雅雯 可馨"),
)
RARE: tuple[str, ...] = (
    "欧阳建国", "上官丽华", "司马志强", "尉迟桂芳", "皇甫卫东", "令狐静", "单于国平", "万俟红梅",
    "仉建华", "逄志远", "郄秀英", "亓国强", "乜玉珍", "昝永明", "逯海波", "冼晓燕",
    "单桂兰", "查建军", "盖国平", "仇敏", "解磊", "区婷", "曾伟", "任静", "缪志强",
)  # fmt: skip
RARE_GIVEN: tuple[str, ...] = (
    "张䶮", "李㛃", "王㭎", "陈𬭎", "刘𬍛", "周𫖯", "孙𬱖", "顾𠮷", "吴堃", "徐喆", "朱翀", "陆赟",
)  # fmt: skip
DOTTED = "阿依古丽·买买提"
SAME = ("张伟", "张伟", "张伟")
SPACED = ("王丽 ", "李　明")  # one blank behind, one full-width blank between: as rosters bring them


class Names:
    """Draws names one after another, for people of a sex and a year of birth."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._surnames, self._weights = list(_SURNAMES), list(_SURNAMES.values())

    def draw(self, born: int, *, male: bool) -> str:
        """Give a surname and a given name of the cohort; one in five has two characters in all."""
        surname = self._rng.choices(self._surnames, self._weights)[0]
        men, women = next((men, women) for until, men, women in _COHORTS if born <= until)
        given = self._rng.choice((men if male else women).split(" "))
        return surname + (given[-1] if self._rng.random() < 0.2 else given)
