import pulumi
from thing import Thing

config = pulumi.Config()
a = Thing("a", token=pulumi.Output.secret("another"), data={"open": 1, "shut": "now open"})
b = Thing("b", token="plain")
c = Thing("c", data=["x", pulumi.Output.secret("y")])
