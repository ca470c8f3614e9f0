import pulumi
from thing import Thing

ignored = pulumi.ResourceOptions(ignore_changes=["data.deep.x", "data.list[0]", 'data["a.b"]', "data.each[*].y"])
a = Thing("a", ignored, data={"deep": {"x": 1, "y": 1}, "list": [1, 1], "a.b": 1, "each": [{"y": 1, "z": 1}]})
b = Thing("b", pulumi.ResourceOptions(replace_on_changes=["data.deep.x"]), data={"deep": {"x": 1, "y": 1}})
c = Thing("c", pulumi.ResourceOptions(replace_on_changes=["*"]), size=1)
