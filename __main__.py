"""Wiretik as a Pulumi package from its repository: Pulumi runs this where it finds `PulumiPlugin.yaml`."""

import runpy

if __name__ == "__main__":
    runpy.run_module("wiretik.packaged", run_name="__main__", alter_sys=True)
