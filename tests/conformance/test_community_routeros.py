"""Ansible's community.routeros, where it is installed: `api_info`, `api_modify` and `api_find_and_modify`.

It is too large for a development dependency; `pip install ansible` anywhere on PATH brings it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from wiretik_provider.simulator import serve

pytestmark = pytest.mark.conformance

PLAYBOOK = Path(__file__).with_name("community_routeros.yml")
ANSIBLE = shutil.which("ansible-playbook")


@pytest.mark.skipif(ANSIBLE is None, reason="ansible-playbook isn't on PATH")
def test_ansible_reads_and_makes_and_then_finds_nothing_to_do(tmp_path):
    with serve(profile="defconf", password="secret", tls=False) as lab:
        result = subprocess.run(
            [
                *(ANSIBLE, "-i", "localhost,", "-c", "local", str(PLAYBOOK)),
                *("-e", f"lab_host={lab.host} lab_port={lab.api_port} ansible_python_interpreter={sys.executable}"),
            ],
            env={**os.environ, "ANSIBLE_HOME": str(tmp_path), "ANSIBLE_NOCOLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    said = result.stdout + result.stderr
    if "couldn't resolve module/action 'community.routeros" in said or "could not resolve the module_defaults" in said:
        pytest.skip("community.routeros isn't installed")
    assert result.returncode == 0, said
    assert "failed=0" in result.stdout
