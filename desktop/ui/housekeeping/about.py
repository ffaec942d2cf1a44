"""关于: the version, what must not be kept here, and whose work the program stands on."""

import platform

from PySide6.QtCore import qVersion

from desktop import __version__
from desktop.ui.housekeeping.section import Section
from desktop.ui.mark import NAME
from desktop.ui.theme import theme
from desktop.ui.widgets.cards import pairs
from desktop.ui.widgets.text import plain_label

FORBIDDEN = "本系统不得处理国家秘密、工作秘密。"
PARTS = (
    ("Python", "PSF License"), ("Qt、PySide6", "LGPL-3.0"), ("SQLite", "公有领域"), ("SQLCipher", "BSD-3-Clause"),
    ("peewee", "MIT"), ("ReportLab", "BSD-3-Clause"), ("pypdfium2、PDFium", "Apache-2.0 / BSD-3-Clause"),
    ("cryptography、argon2-cffi", "Apache-2.0、BSD-3-Clause、MIT"), ("Fluent UI System Icons", "MIT"),
    ("思源黑体、思源宋体（Noto SC）、霞鹜文楷", "SIL OFL 1.1"), ("Fandol 仿宋", "GPL（含字体例外）"),
)  # fmt: skip


class AboutSection(Section):
    """Nothing here is read from the workspace."""

    def build(self) -> None:
        """Make the cards."""
        card = self.card(f"{NAME} {__version__}", "为乡镇、街道兜底管理社区社会组织党建工作的离线台账。")
        card.body.addWidget(plain_label(FORBIDDEN, "strong", wrap=True))
        card.body.addWidget(plain_label("程序不联网；数据只在这台电脑上，和亲手导出的文件里。", wrap=True))
        card.body.addWidget(pairs([
            ("版本", __version__), ("运行环境", f"Python {platform.python_version()} · Qt {qVersion()}"),
            ("系统", platform.platform()),
        ], width=theme().px(84)))  # fmt: skip
        card = self.card("许可", "本程序以 Apache-2.0 许可发布。用到的软件和字体各有许可，全文随安装包提供。")
        card.body.addWidget(pairs([*PARTS], width=theme().px(280)))
