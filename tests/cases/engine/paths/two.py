import pulumi
from thing import Thing

ignored = pulumi.ResourceOptions(ignore_changes=["data.deep.x", "data.list[0]", 'data["a.b"]', "data.each[*].y"])
a = Thing("a", ignored, data={"deep": {"x": 2, "y": 1}, "list": [2, 1], "a.b": 2, "each": [{"y": 2, "z": 1}]})
b = Thing("b", pulumi.ResourceOptions(replace_on_changes=["data.deep.x"]), data={"deep": {"x": 1, "y": 2}})
c = Thing("c", pulumi.ResourceOptions(replace_on_changes=["*"]), size=1)
