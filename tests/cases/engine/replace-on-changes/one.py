import pulumi
from thing import Thing

a = Thing("a", pulumi.ResourceOptions(replace_on_changes=["size"], delete_before_replace=True), size=1, data=1)
