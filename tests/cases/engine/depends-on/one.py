import pulumi
from thing import Thing

a = Thing("a")
b = Thing("b", pulumi.ResourceOptions(depends_on=[a]))
c = Thing("c", pulumi.ResourceOptions(depends_on=[a, b]))
