"""Pieces that the pages and forms of branches, members and organisations share; `dialogs` and `pages` use them."""
