import pulumi
from thing import Thing

pulumi.log.error("no thing")
a = Thing("a", size=2)
