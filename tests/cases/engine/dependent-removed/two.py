import pulumi
from thing import Thing

a = Thing("a", key="2", first=True)
# Side by side it would be chance whether the old c goes with a, or after the new one of the same id.
c = Thing("c", pulumi.ResourceOptions(depends_on=[a]), key="free")
