import pulumi
from thing import Thing

a = Thing("a", data="found")
got = Thing("got", pulumi.ResourceOptions(id="a"), label="a", data=None)
pulumi.export("data", got.data)
