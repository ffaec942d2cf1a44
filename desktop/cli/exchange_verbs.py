"""The verbs of exchange: enrolment, keys and packages."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict

from desktop.cli.answers import Answer
from desktop.cli.opening import opened
from desktop.cli.tables import table
from desktop.services.exchange import aside, enrolment, exporting, importing, site_keys
from desktop.services.listing import KIND_NAMES
from desktop.services.org_paths import unit_text


def request(options: Namespace) -> Answer:
    """`enrol request`: write this installation's enrolment file."""
    with opened(options) as session:
        made = enrolment.request(session, out=options.out)
    return _enrolled(str(made.file), made.fingerprint)


def issue(options: Namespace) -> Answer:
    """`enrol issue`: sign another installation's keys into the key list."""
    with opened(options) as session:
        made = enrolment.issue(
            session, file=options.file, as_path=options.as_path, out=options.out, fingerprint=options.fingerprint
        )
    return _enrolled(str(made.file), made.fingerprint)


def _enrolled(file: str, fingerprint: str) -> Answer:
    return Answer({"file": file, "fingerprint": fingerprint}, (f"已写出：{file}", f"指纹（电话核对）：{fingerprint}"))


def accept(options: Namespace) -> Answer:
    """`enrol accept`: take the issuer's answer; its fingerprint makes it the root."""
    with opened(options) as session:
        root = enrolment.accept(session, file=options.file, fingerprint=options.fingerprint)
    return Answer({"root": root.path}, (f"已登记到：{unit_text(root.name, root.path)}",))


def keys_list(options: Namespace) -> Answer:
    """`keys list`: every site known here."""
    with opened(options) as session:
        sites = [asdict(row) for row in site_keys.list_sites(session)]
    rows = [
        (
            row["name"], "、".join(row["scopes"]), _ROLES.get(row["role"], row["role"]),
            _STATUSES.get(row["status"], row["status"]), row["fingerprint"], "本机" if row["mine"] else "",
        )
        for row in sites
    ]  # fmt: skip
    lines = table(("单位", "路径", "层级", "状态", "指纹", ""), rows)
    return Answer({"sites": sites}, lines if sites else ("还没有登记过站点。",))


def keys_export(options: Namespace) -> Answer:
    """`keys export`: write this installation's private keys, with a reason that the audit keeps."""
    with opened(options) as session:
        file = site_keys.export(session, out=options.out, reason=options.reason)
    return Answer({"file": str(file)}, (f"已写出私钥：{file}", "请妥善保管，用完即删。"))


def package_export(options: Namespace) -> Answer:
    """`package export`: write a package for another site's path."""
    with opened(options) as session:
        made = exporting.export(session, to=options.to, out=options.out)
    names = [str(path) for path in made.files]
    return Answer({"files": names, "no": made.number}, (*(f"已写出：{name}" for name in names), "可以安全拔出 U 盘。"))


def package_inspect(options: Namespace) -> Answer:
    """`package inspect`: the manifest and each check."""
    with opened(options) as session:
        seen = importing.inspect(session, file=options.file)
    lines = tuple(f"{'✓' if row.ok else '✗'} {row.name} {row.note}".rstrip() for row in seen.checks)
    return Answer({"manifest": seen.manifest, "checks": [asdict(row) for row in seen.checks]}, lines)


def package_apply(options: Namespace) -> Answer:
    """`package apply`: merge a package in one unit, or with `--dry-run` say what it would do."""
    with opened(options) as session:
        done = importing.apply(session, file=options.file, dry_run=options.dry_run)
    data = asdict(done)
    head = "将会合并" if options.dry_run else "已合并"
    line = (
        f"{head}：新增 {done.new}，更新 {done.changed}，相同 {done.same}，较旧 {done.older}，"
        f"删除 {done.deleted}，冲突 {done.conflicts}，隔离 {done.quarantined}"
    )
    lines = [line, *done.questions, *aside_lines(done.aside)]
    if done.unit is not None:
        lines.append(f"整批撤销：doudi undo {done.unit}")
    return Answer(data, tuple(lines))


def aside_lines(found: dict[str, dict[str, int]]) -> Iterator[str]:
    """Say of each reason what was set aside and what becomes of it."""
    for reason, tables in found.items():
        kinds = "、".join(f"{KIND_NAMES.get(name, name)} {count} 条" for name, count in tables.items())
        yield f"隔离 {kinds}：{_REASONS.get(reason, _BAD_FORM)}"


_ROLES = {"county": "县级", "township": "乡级", "branch": "支部"}
_STATUSES = {"active": "在用", "revoked": "停用"}
_REASONS = {reason: f"{why}，{remedy}" for reason, (why, remedy) in aside.REASONS.items()}
_BAD_FORM = "内容不合格式。请发件单位用 doudi verify 找出是哪些记录，改正后重新导出。"

VERBS: dict[str, Callable[[Namespace], Answer]] = {
    "enrol request": request,
    "enrol issue": issue,
    "enrol accept": accept,
    "keys list": keys_list,
    "keys export": keys_export,
    "package export": package_export,
    "package inspect": package_inspect,
    "package apply": package_apply,
}
