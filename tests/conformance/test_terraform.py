"""terraform-provider-routeros, the main peer, takes the embedded router for a router: apply, plan, drift, destroy.

For where `terraform` and the provider's binary are on PATH (docs/lab.md says how it is built, and what its own
acceptance tests say of this router); skipped elsewhere. The API is given a round trip of 50 ms: the Go client that the
provider stands on forgets answers that come before it has noted the command's tag (go-routeros/routeros issue 33); on a
busy machine those at 5 ms, too.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from wiretik_provider.simulator import serve

TERRAFORM = shutil.which("terraform")
PROVIDER = shutil.which("terraform-provider-routeros")
CONFIGURATION = Path(__file__).with_name("terraform.tf")
_NO_CHANGES, _CHANGES = 0, 2

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(not (TERRAFORM and PROVIDER), reason="terraform and terraform-provider-routeros aren't on PATH"),
]


@pytest.fixture(params=["api", "apis", "https"])
def site(request, tmp_path):
    with serve(password="secret", rest=True, rtt_ms=0 if request.param == "https" else 50) as lab:
        port = {"api": lab.api_port, "apis": lab.apis_port, "https": lab.rests_port}[request.param]
        settings = tmp_path / "terraform.rc"
        folder = Path(PROVIDER).resolve().parent
        overrides = f'dev_overrides {{ "terraform-routeros/routeros" = "{folder}" }}'
        settings.write_text(f"provider_installation {{\n{overrides}\ndirect {{}}\n}}\ndisable_checkpoint = true\n")
        shutil.copy(CONFIGURATION, tmp_path / "main.tf")
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path),
            "TF_CLI_CONFIG_FILE": str(settings),
            "ROS_HOSTURL": f"{request.param}://{lab.host}:{port}",
            "ROS_USERNAME": "admin",
            "ROS_PASSWORD": "secret",
            "ROS_INSECURE": "true",
        }

        def terraform(*words):
            command = [TERRAFORM, *words, "-no-color", "-input=false"]
            done = subprocess.run(
                command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=120
            )
            return done.returncode, done.stdout + done.stderr

        yield lab, terraform


def rows(router):
    """The configuration without singletons: Terraform leaves those as they are."""
    return {path: rows for path, rows in router.snapshot().items() if not router.menus[path].menu.singleton}


def test_it_applies_sees_no_change_and_every_change_and_destroys(site):
    lab, terraform = site
    before = rows(lab.router)
    code, said = terraform("apply", "-auto-approve", "-parallelism=10")
    assert code == 0, said
    order = [row["comment"] for row in lab.router.rows("/ip/firewall/filter")]
    assert order == ["established", "in between", "the rest"]
    code, said = terraform("plan", "-detailed-exitcode")
    assert code == _NO_CHANGES, said
    (route,) = lab.run("/ip/route/print", "?static=true")
    lab.run("/ip/route/set", numbers=route[".id"], distance="9")
    lab.run("/ip/firewall/filter/remove", numbers=lab.router.rows("/ip/firewall/filter")[0][".id"])
    code, said = terraform("plan", "-detailed-exitcode")
    assert code == _CHANGES, said
    assert "1 to add" in said
    code, said = terraform("apply", "-auto-approve")
    assert code == 0, said
    assert lab.router.rows("/ip/firewall/filter")[0]["comment"] == "established"
    code, said = terraform("destroy", "-auto-approve")
    assert code == 0, said
    assert rows(lab.router) == before
