import pulumi
from thing import Thing

Thing("a", data={"list": [1, 2.5, True, None, 'ü"\n'], "empty": {}, "none": None, "deep": [{"x": [[]]}]}, size=1e21)
pulumi.export("values", {"pi": 3.25, "big": 12345678901, "list": [1, [2]], "yes": True})
