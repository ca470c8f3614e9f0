import pulumi
from thing import Thing

a = Thing("a", token=pulumi.Output.secret("nested"), data={"x": "nested", "y": pulumi.Output.secret([1])})
pulumi.export("out", pulumi.Output.secret("nested"))
