from desktop.core.pinyin import MOST, initials, readings, sort_key


def test_a_surname_is_read_as_a_surname_first() -> None:
    assert [readings(name)[0] for name in ("单田芳", "仇英", "曾巩", "任贤", "盖叫天")] == [
        "shantianfang",
        "qiuying",
        "zenggong",
        "renxian",
        "gejiaotian",
    ]


def test_a_double_surname_is_read_as_one() -> None:
    assert readings("尉迟恭")[0] == "yuchigong"
    assert initials("单于丹")[0] == "cyd"


def test_other_readings_follow() -> None:
    assert initials("单田芳")[:2] == ("stf", "dtf")


def test_rare_characters_have_readings() -> None:
    assert readings("𬭎䶮㛃𠮷")[0] == "hongyanjieji"


def test_letters_stay_and_marks_go() -> None:
    assert readings("阿依·A组")[0] == "ayiazu"
    assert initials("…") == ()


def test_the_readings_of_a_long_name_are_bounded() -> None:
    assert len(readings("重行长乐和着" * 20)) <= MOST


def test_names_sort_by_reading_then_by_character() -> None:
    assert sorted(["张三", "王五", "李四", "章三", "阿明"], key=sort_key) == ["阿明", "李四", "王五", "张三", "章三"]
