import pulumi
from thing import Thing

config = pulumi.Config()
a = Thing("a", token=config.require_secret("token"), data={"open": 1, "shut": pulumi.Output.secret("nested")})
b = Thing("b", token=a.token if hasattr(a, "token") else config.require_secret("token"))
c = Thing("c", pulumi.ResourceOptions(additional_secret_outputs=["hidden"]), data=["x", pulumi.Output.secret("y")])
pulumi.export("token", config.require_secret("token"))
pulumi.export("hidden", c.hidden)
pulumi.export("count", config.require_int("count"))
pulumi.export("object", config.require_object("object"))
