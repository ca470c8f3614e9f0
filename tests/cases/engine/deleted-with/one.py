import pulumi
from thing import Thing

a = Thing("a")
b = Thing("b", pulumi.ResourceOptions(deleted_with=a), sticks=True)
