import pulumi
from thing import Thing

a = Thing("a", key="1", first=True)
updated = Thing("updated", data=a.id)
replaced = Thing("replaced", key=a.serial)
behind = Thing("behind", key=replaced.serial)
depends = Thing("depends", pulumi.ResourceOptions(depends_on=[a]))
