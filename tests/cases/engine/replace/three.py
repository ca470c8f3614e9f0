import pulumi
from thing import Thing

a = Thing("a", label="a2", key="3")
b = Thing("b", data=a.serial)
pulumi.export("id", a.id)
