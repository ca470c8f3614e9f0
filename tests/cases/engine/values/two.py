import pulumi
from thing import Thing

Thing("a", data={"list": [1, 2.5, True, "ü"], "empty": {}, "deep": [{"x": [[], 1]}]}, size=0)
pulumi.export("values", [])
