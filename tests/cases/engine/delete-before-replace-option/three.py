import pulumi
from thing import Thing

a = Thing("a", pulumi.ResourceOptions(delete_before_replace=False), label="a3", key="3", first=True)
