import pulumi
from thing import Thing

a = Thing("a", pulumi.ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(create="5m", update="1h30m", delete="10s")))
