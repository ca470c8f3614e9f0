import pulumi
from thing import Thing

a = Thing("a")
pulumi.log.debug("a small thing", a)
pulumi.log.info("a thing", a)
pulumi.log.warn("mind the thing", a, stream_id=3)
print("printed")
