import pulumi
from thing import Thing

pulumi.export("x", 1)
