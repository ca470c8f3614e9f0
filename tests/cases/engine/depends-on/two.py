import pulumi
from thing import Thing

a = Thing("a", size=5)
c = Thing("c", pulumi.ResourceOptions(depends_on=[a]))
