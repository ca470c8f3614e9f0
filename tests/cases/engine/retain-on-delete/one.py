import pulumi
from thing import Thing

a = Thing("a", pulumi.ResourceOptions(retain_on_delete=True))
b = Thing("b", sticks=True, opts=pulumi.ResourceOptions(retain_on_delete=True))
