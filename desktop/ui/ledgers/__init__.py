"""The screens of ledgers (台账): columns, form and list are made from what each ledger declares."""
