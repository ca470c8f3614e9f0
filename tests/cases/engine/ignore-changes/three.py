import pulumi
from thing import Thing

a = Thing("a", pulumi.ResourceOptions(ignore_changes=["size", "data.x"]), size=9, data={"x": 7, "y": [5, 2]})
