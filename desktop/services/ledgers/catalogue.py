"""Every ledger of the house, by area in the order of the page."""

from desktop.services.ledgers import learning, life, matters, money, people, pioneers, standing, work
from desktop.services.ledgers.shapes import Ledger

_PARTS = (standing, people, life, learning, money, pioneers, work, matters)
AREAS: tuple[str, ...] = tuple(part.AREA for part in _PARTS)
LEDGERS: dict[str, Ledger] = {ledger.table: ledger for part in _PARTS for ledger in part.LEDGERS}
