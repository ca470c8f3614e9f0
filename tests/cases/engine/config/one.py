import pulumi
from thing import Thing

config = pulumi.Config()
a = Thing("a", size=config.get_secret_int("count"), data=config.require_secret_object("object"))
pulumi.export("float", config.require_float("count"))
pulumi.export("missing", config.get_bool("missing"))
pulumi.export("text", pulumi.Config("proj").require("object"))
pulumi.export("where", [pulumi.get_project(), pulumi.get_stack(), pulumi.get_organization()])
pulumi.export("how", pulumi.runtime.is_dry_run())
