import pulumi
from thing import Thing


class Group(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("test:index:Group", name, {})
        inner = Thing(f"{name}-inner", pulumi.ResourceOptions(parent=self), size=2)
        self.register_outputs({"inner": inner})


a = Thing("a", key="1")
b = Thing("b", data={"whole": a})
g = Group("g")
pulumi.export("a", a)
pulumi.export("all", [a, b])
