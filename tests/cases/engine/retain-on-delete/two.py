import pulumi
from thing import Thing

a = Thing("a", pulumi.ResourceOptions(retain_on_delete=True))
