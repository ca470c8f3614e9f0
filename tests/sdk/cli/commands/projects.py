"""Projects whose stack config leads to a router, for commands that read by it."""


def project(folder, lab, monkeypatch, password, *, declared=""):
    """A project of which the stack `lab` reaches a router over TLS, without what this machine's environment says.

    Args:
        folder: where.
        lab: the router.
        monkeypatch: of the test.
        password: the user's.
        declared: what else `Pulumi.yaml` says.
    """
    for name in ("PULUMI_BACKEND_URL", "PULUMI_STACK", "WIRETIK_HOST", "WIRETIK_PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WIRETIK_PASSWORD", password)
    (folder / "Pulumi.yaml").write_text(f"name: home\nruntime: python\n{declared}")
    configure(folder, host=lab.host, port=lab.apis_port, username="admin", fingerprint=lab.fingerprint)
    return folder


def configure(folder, **keys):
    """Writes the stack's config."""
    lines = [f"  wiretik:{key}: '{value}'" for key, value in keys.items()]
    (folder / "Pulumi.lab.yaml").write_text("\n".join(["config:", *lines, ""]))
