import pulumi
from thing import Thing

a = Thing("a", size=3)
b = Thing("b", size=a.size.apply(lambda n: n + 1))
pulumi.export("serial", b.serial)
pulumi.export("more", a.size)
