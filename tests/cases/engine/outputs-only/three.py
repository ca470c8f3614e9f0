import pulumi
from thing import Thing

pass
