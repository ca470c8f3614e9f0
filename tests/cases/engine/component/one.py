import pulumi
from thing import Thing


class Group(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("test:index:Group", name, {}, opts)
        self.inner = Thing(f"{name}-inner", pulumi.ResourceOptions(parent=self))
        self.register_outputs({"serial": self.inner.serial})


g = Group("g")
thing = Thing("after", size=4, opts=pulumi.ResourceOptions(depends_on=[g]))
pulumi.export("inner", g.inner.id)
