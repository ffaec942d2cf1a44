"""Which Party organisation a row names: by its code, which decides, or by its name."""

from desktop.services.roster_index import Near
from desktop.services.roster_writing import DoubtfulError, Writer, doubt
from desktop.spreadsheets.rosters import Value


def find_branch(
    writer: Writer, values: dict[str, Value], *, name_field: str = "branch", code_field: str = "branch_code"
) -> bytes | None:
    """Give the branch that a row's code and name mean; None where it names none, or one that is unknown.

    The code decides; a name beside it that is another's is doubtful, and so is a code alone that nobody has.
    """
    text, code = str(values.get(name_field) or ""), str(values.get(code_field) or "").upper()
    names = writer.index.branches
    coded = writer.index.branch_codes.get(code, []) if code else []
    if len(coded) > 1:
        why = f"有 {len(coded)} 个党组织的代码是“{code}”。"
        raise DoubtfulError(code_field, why, "请先在党组织页改正代码，再导入。")
    if coded:
        if text and not names.means(coded[0], text):
            why = f"代码“{code}”是“{names.titles[coded[0]]}”，名称写的却是“{text}”。"
            raise DoubtfulError(code_field, why, "请核对代码与名称，改成一致，再导入。")
        return coded[0]
    if code and not text:
        why, do = f"没有代码为“{code}”的党组织。", "请先登记这个党组织，或写上它的名称，再导入。"
        raise DoubtfulError(code_field, why, do)
    found = names.find(text) if text else None
    if isinstance(found, Near):
        raise doubt(name_field, "党组织", found)
    if found and code and name_field == "branch":
        _check_code(writer, found, code, code_field)
    return found


def _check_code(writer: Writer, branch: bytes, code: str, code_field: str) -> None:
    """Ask about a code that nobody has where the branch of that name has another; else say so once."""
    title, known = writer.index.branches.titles[branch], writer.index.national_codes.get(branch)
    if known is not None:
        why = f"“{title}”的代码是“{known}”，这里写的是“{code}”。"
        raise DoubtfulError(code_field, why, "请核对代码与名称，改成一致，再导入。")
    if code not in writer.told:
        writer.told.add(code)
        writer.warn(code_field, f"代码“{code}”还没有登记，按名称对应到“{title}”。")


def own_branch(writer: Writer) -> bytes | None:
    """Give the one branch of a branch's workspace, by the last part of its org code, else by its name."""
    identity = writer.session.workspace.identity
    coded = writer.index.branch_codes.get(identity.path.rpartition("/")[2], [])
    named = writer.index.branches.find(identity.name)
    return coded[0] if len(coded) == 1 else named if isinstance(named, bytes) else None


def only_own(writer: Writer, values: dict[str, Value], found: bytes | None) -> bytes | None:
    """In a branch's workspace give its own branch; a row that names another is doubtful."""
    own, identity = own_branch(writer), writer.session.workspace.identity
    named = bool(values.get("branch") or values.get("branch_code"))
    is_its_name = found is None and own is None and writer.index.branches.is_same(
        str(values.get("branch") or ""), identity.name
    )
    if (named and found != own) or (named and own is None and not is_its_name):
        why = f"这个工作区只装“{identity.name}”，这一行写的是别的支部。"
        raise DoubtfulError("branch", why, "请在乡镇的工作区里导入这一行，或改正支部名称。")
    return own
