import pulumi

pulumi.export("plain", {"list": [1, "x"]})
pulumi.export("shut", pulumi.Output.secret("nested"))
