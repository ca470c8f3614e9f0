import pulumi
from thing import Thing

a = Thing("a", size=2)
b = Thing("b", size=a.size.apply(lambda n: n + 1))
pulumi.export("serial", b.serial)
