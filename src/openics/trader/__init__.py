"""A trader's side of the exchange with customs, for use by any software: no database, no server needed.

    home = TraderHome.open(Path("~/.openics-client").expanduser())
    sent = send(home, Path("declaration.edi").read_bytes(), datetime.now(UTC))

`home` keeps keys, trust and interchanges; `sending`, `receiving` and `listening` exchange mails; `overview` says how
everything stands.
"""
