import pulumi
from thing import Thing

a = Thing("a", key="2")
b = Thing("b", pulumi.ResourceOptions(parent=a))
c = Thing("c", pulumi.ResourceOptions(parent=b), key=a.serial)
