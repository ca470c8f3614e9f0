import pulumi
from thing import Thing

a = Thing("a", pulumi.ResourceOptions(protect=True), key="3")
