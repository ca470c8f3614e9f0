import pulumi
from thing import Thing


class Group(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("test:index:Group", name, {}, opts)
        self.register_outputs({})


g = Group("g")
h = Group("h")
a = Thing("a", label="1")
b = Thing("b", pulumi.ResourceOptions(parent=g), label="2")
c = Thing("c", label="3")
d = Thing("d", pulumi.ResourceOptions(parent=g), label="4")
e = Thing("e", pulumi.ResourceOptions(parent=h), label="5")
