import pulumi
from thing import Thing

a = Thing("a", pulumi.ResourceOptions(protect=True, retain_on_delete=True))
b = Thing("b", pulumi.ResourceOptions(additional_secret_outputs=["hidden"], depends_on=[a]))
c = Thing("c", pulumi.ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(update="7m"), ignore_changes=["size"]))
d = Thing("d", pulumi.ResourceOptions(deleted_with=a, replace_on_changes=["key"], delete_before_replace=True))
