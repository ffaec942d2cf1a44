"""The refusals of foreign workbooks: what, why and what to do, each with a stable code."""

from desktop.core.errors import UserError

_WHAT = "没有导入这个文件。"
_RESAVE = "请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入一次。"
_FETCH = "请向发文件的人重新要一份，或从原处再复制一次。"

_CATALOGUE: dict[str, tuple[str, str]] = {
    "workbook-missing": ("找不到文件 {detail}。", "请核对文件名和位置，再选择一次。"),
    "workbook-folder": ("“{detail}”是一个文件夹，不是名册文件。", "请选择文件夹里的名册文件，再导入一次。"),
    "workbook-busy": ("文件正被别的程序打开，或没有读取它的权限。", "请在 WPS 或 Excel 中关闭它，再导入一次。"),
    "workbook-empty-file": ("文件是空的，一个字节也没有。", _FETCH),
    "workbook-encrypted": (
        "文件设了打开密码，读不到里面的内容。",
        "请用 Excel 或 WPS 打开它，去掉密码后另存，再导入一次。",
    ),
    "workbook-truncated": ("文件不完整，后半部分缺失。", _FETCH),
    "workbook-damaged": ("文件已损坏，读不出表格。", _RESAVE),
    "workbook-html": ("它的后缀是表格，内容却是网页。", _RESAVE),
    "workbook-xml2003": ("它是 2003 版的 XML 表格，本程序不读这种格式。", _RESAVE),
    "workbook-type": ("它不是 .xlsx、.xls、.et、.ods 或 .csv 表格{detail}。", "请选择名册表格，再导入一次。"),
    "workbook-bomb": ("文件展开后大得不正常（{detail}），可能会卡死电脑。", _RESAVE),
    "workbook-names": ("文件内部的目录不合规范（{detail}），可能被人改动过。", _RESAVE),
    "workbook-parts": ("文件缺少表格必有的部分（{detail}）。", _RESAVE),
    "workbook-encoding": ("文件里有认不出的文字编码。", "请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入一次。"),
    "workbook-cell": ("{detail}的文字太长，不像名册。", "请删去这一格里多余的内容，再导入一次。"),
    "workbook-no-sheet": ("文件里没有名为“{detail}”的工作表。", "请从{choice}中选一张，再导入一次。"),
    "workbook-sheet-empty": ("工作表“{detail}”是空的。", "请换一张有内容的工作表，再导入一次。"),
    "workbook-no-header": (
        "工作表“{detail}”前 30 行里没有找到表头。",
        "请让一行写上列名（如“姓名”“入党时间”），或改选别的工作表，再导入一次。",
    ),
    "workbook-mapping": ("表头里没有“{detail}”这一列。", "请在“对应列”中重新选择，再导入一次。"),
    "workbook-slow": ("读了 {detail} 秒还没有读完。", "请删去表格里多余的行列和格式，另存为 .xlsx，再导入一次。"),
    "workbook-heavy": ("读取它需要的内存超过了允许的上限。", "请把表格分成几个小文件，再分别导入。"),
    "image-type": ("它不是 PNG 或 JPEG 图片。", "请把图片另存为 PNG 或 JPEG，再选择一次。"),
    "image-large": ("图片超过 6400 万像素。", "请把图片缩小，再选择一次。"),
}
CODES = frozenset(_CATALOGUE)


def refusal(code: str, detail: str = "", choice: str = "") -> UserError:
    """Make the refusal of a code; `detail` names what caused it (sheet, cell, part, figure), `choice` what there is."""
    why, do = _CATALOGUE[code]
    what = "没有使用这张图片。" if code.startswith("image-") else _WHAT
    return UserError(what, why.replace("{detail}", detail), do.replace("{choice}", choice), code)
