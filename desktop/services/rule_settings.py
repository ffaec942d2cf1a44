"""What the officer has set about rules: the go-live date, branches switched on, own numbers, rules on or off."""

import json
from dataclasses import dataclass, field
from datetime import date

from desktop.core.errors import UserError
from desktop.rules.pack_reader import load_packs
from desktop.rules.packs import Packs, Value
from desktop.services import audits
from desktop.services.sessions import ADMINS, EVERYONE, Session, allowed
from desktop.services.storage import transaction

NAME = "rules"


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """The officer's word; `switched_on` holds branches of fields other than ⑧ that the rules shall look at."""

    go_live: date | None = None
    switched_on: frozenset[bytes] = frozenset()
    values: dict[tuple[str, str], Value] = field(default_factory=dict)
    switches: dict[str, bool] = field(default_factory=dict)


@allowed(EVERYONE)
def read(session: Session) -> RuleSettings:
    """Give the settings of rules; a workspace without any has the packs' own numbers and no go-live date."""
    row = session.db.one("SELECT content FROM setting WHERE name = ?", (NAME,))
    raw = json.loads(row[0]) if row and row[0] else {}
    return RuleSettings(
        go_live=date.fromisoformat(raw["go_live"]) if raw.get("go_live") else None,
        switched_on=frozenset(bytes.fromhex(key) for key in raw.get("switched_on", [])),
        values={
            (rule, name): tuple(value) if isinstance(value, list) else value
            for rule, name, value in raw.get("values", [])
        },
        switches=dict(raw.get("switches", {})),
    )


@allowed(ADMINS)
def write(session: Session, *, settings: RuleSettings, reason: str) -> None:
    """Write the settings with a reason for the audit; a value that a rule does not take is a UserError."""
    if not reason.strip():
        raise UserError("没有改动检查规则。", "没有写改动的理由。", "请写明依据，例如本地的文件。", "reason", "reason")
    packs_with(settings)
    raw = {
        "go_live": settings.go_live.isoformat() if settings.go_live else None,
        "switched_on": sorted(key.hex() for key in settings.switched_on),
        "values": [[rule, name, value] for (rule, name), value in sorted(settings.values.items())],
        "switches": settings.switches,
    }
    workspace = session.workspace
    with transaction(workspace.write, "没有改动检查规则。"):
        workspace.write.run(
            "INSERT INTO setting (name, content) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET content = excluded.content",
            (NAME, json.dumps(raw, ensure_ascii=False)),
        )
        audits.append(workspace, account=session.account, deed="rules", detail=reason.strip())


def packs_with(settings: RuleSettings) -> Packs:
    """Give the program's packs with the officer's numbers and switches laid over them."""
    return load_packs().with_local(settings.values).with_switches(settings.switches)
