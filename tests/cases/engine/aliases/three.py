import pulumi
from thing import Thing

g = pulumi.ComponentResource("test:index:Other", "o", {})
g.register_outputs({})
a = Thing("a2", pulumi.ResourceOptions(parent=g, aliases=[pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)]), label="a")
b = Thing("b", data=a.serial)
