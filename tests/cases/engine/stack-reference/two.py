import pulumi
from thing import Thing

there = pulumi.StackReference("organization/proj/dev")
a = Thing("a", data=there.get_output("plain"), token=there.require_output("shut"))
pulumi.export("plain", {"list": [1, "x"]})
pulumi.export("shut", pulumi.Output.secret("nested"))
