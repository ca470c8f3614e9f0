import pulumi
from thing import Thing

a = Thing("a", token="nested", data={"x": "nested", "y": [1]})
pulumi.export("out", "nested")
