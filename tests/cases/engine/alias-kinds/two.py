import pulumi
from pulumi import ROOT_STACK_RESOURCE, Alias, ResourceOptions
from thing import Thing


class Group(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("test:index:Group", name, {}, opts)
        self.register_outputs({})


g = Group("g")
i = Group("i", ResourceOptions(aliases=[Alias(name="h")]))
a = Thing("aa", ResourceOptions(aliases=[Alias(name="a")]), label="1")
b = Thing("b", ResourceOptions(aliases=[Alias(parent=g)]), label="2")
c = Thing("c", ResourceOptions(parent=g, aliases=[Alias(parent=ROOT_STACK_RESOURCE)]), label="3")
d = Thing(
    "dd",
    ResourceOptions(
        aliases=["urn:pulumi:dev::proj::test:index:Group$pulumi-python:dynamic/test:Thing::d"], depends_on=[a]
    ),
    label="4",
)
e = Thing("e", ResourceOptions(parent=i), label="5")
