import pulumi
from thing import Thing

ignored = pulumi.ResourceOptions(ignore_changes=["data.deep.x", "data.list[0]", 'data["a.b"]', "data.each[*].y"])
a = Thing("a", ignored, data={"deep": {"x": 3, "y": 3}, "list": [3, 3], "a.b": 3, "each": [{"y": 3, "z": 3}]})
b = Thing("b", pulumi.ResourceOptions(replace_on_changes=["data.deep.x"]), data={"deep": {"x": 2, "y": 2}})
c = Thing("c", pulumi.ResourceOptions(replace_on_changes=["*"]), size=2)
