import pulumi
from thing import Thing

pulumi.export("x", {"y": [1]})
