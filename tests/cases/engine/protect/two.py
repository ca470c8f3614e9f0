import pulumi
from thing import Thing

b = Thing("b")
