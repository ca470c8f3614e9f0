import pulumi
from thing import Thing

a = Thing("a", pulumi.ResourceOptions(delete_before_replace=True), key="2")
