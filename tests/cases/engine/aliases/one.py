import pulumi
from thing import Thing


class Group(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("test:index:Group", name, {}, opts)
        self.inner = Thing(f"{name}-inner", pulumi.ResourceOptions(parent=self))
        self.register_outputs({"serial": self.inner.serial})


g = Group("g")
a = Thing("a", label="a")
b = Thing("b", data=a.serial)
