import pulumi

pulumi.export("x", {"y": [1]})
