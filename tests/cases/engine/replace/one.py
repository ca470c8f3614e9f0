import pulumi
from thing import Thing

a = Thing("a", key="1")
b = Thing("b", data=a.serial)
pulumi.export("id", a.id)
