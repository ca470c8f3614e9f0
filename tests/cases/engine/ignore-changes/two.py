import pulumi
from thing import Thing

a = Thing("a", pulumi.ResourceOptions(ignore_changes=["size", "data.y[0]"]), size=9, data={"x": 1, "y": [5, 2]})
