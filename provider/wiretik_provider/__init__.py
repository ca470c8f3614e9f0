"""Everything about RouterOS: its API, its menus, its rows.

Two rules: only `dynamic` knows Pulumi, and only `session` and `simulator` open a socket.
"""
