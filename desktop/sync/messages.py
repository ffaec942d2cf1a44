"""What a person reads when a package is refused: what happened, why, and what to do, for every code of §8."""

from desktop.core.errors import UserError
from desktop.sync.errors import Code, PackageError

_WHAT = "这个数据包没有接收，本机的数据没有变动。"
_AGAIN = "请让发件单位重新导出一份，再拷贝一次。"

WORDS: dict[Code, tuple[str, str]] = {
    "not-a-package": ("这个文件不是数据包。", "请选择扩展名为 .dpk 的数据包文件。"),
    "truncated": ("文件不完整，多半是拷贝中断或提前拔了优盘。", _AGAIN),
    "too-large": ("数据包或其中一部分超过了允许的大小。", "请让发件单位分几次导出，附件另外成包。"),
    "bad-member": ("数据包里的文件不齐、次序不对，或多出了别的文件。", _AGAIN),
    "bad-manifest": ("数据包的清单读不出来。", _AGAIN),
    "newer-format": ("数据包由更新版本的程序制作，本机的版本还不认识。", "请先更新本机的程序，再接收这个数据包。"),
    "unknown-key": (
        "签名所用的密钥不在本机持有的单位名单里。",
        "请先与发件单位核对指纹并完成登记，或接收上级最新的单位名单。",
    ),
    "bad-signature": (
        "数据包的签名与内容不符，内容可能被改动过。",
        "请不要使用这份文件，当面或打电话请发件单位重新导出。",
    ),
    "revoked-key": (
        "发件单位的这台电脑已经停用，停用以后的数据包不再接收。",
        "请与上级单位核实，由发件单位在用的电脑重新导出。",
    ),
    "not-for-us": ("数据包是发给别的单位或别的密钥的。", "请让发件单位选择本单位作为收件单位，重新导出。"),
    "hash-mismatch": ("数据包里的内容与清单不一致，可能在拷贝时损坏。", _AGAIN),
    "cannot-decrypt": ("数据包解不开：没有发给本机的密钥，或内容已经损坏。", _AGAIN),
    "inner-mismatch": (
        "数据包内外写的发件、收件信息不一致，可能被人拼接过。",
        "请不要使用这份文件，请发件单位重新导出。",
    ),
    "bad-payload": ("数据包里的数据不符合格式。", _AGAIN),
    "no-space": ("磁盘剩余空间不够展开这个数据包。", "请清理磁盘，腾出空间后再接收一次。"),
    "clock": (
        "数据包里的时间比本机现在的时间晚一天以上，两台电脑中有一台的日期不对。",
        "数据包已经留存。请核对本机和发件单位电脑的日期，改正后再接收。",
    ),
    "needs-base": (
        "这个数据包接在本机没有收到过的内容之后。",
        "请先导出一份数据包给发件单位，它下一次会把全部内容发来。",
    ),
}


def user_error(error: PackageError) -> UserError:
    """Give the three sentences for a refusal; its code stays that of the format."""
    why, do = WORDS[error.code]
    return UserError(_WHAT, why, do, error.code)
