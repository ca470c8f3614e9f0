import pulumi
from thing import Thing


def twice(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult:
    props = dict(args.props)
    if "size" in props:
        props["size"] = props["size"] * 2
    return pulumi.ResourceTransformResult(
        props, pulumi.ResourceOptions.merge(args.opts, pulumi.ResourceOptions(protect=False))
    )


pulumi.runtime.register_resource_transform(twice) if hasattr(
    pulumi.runtime, "register_resource_transform"
) else pulumi.runtime.register_stack_transform(twice)
a = Thing("a", size=2)
b = Thing("b", pulumi.ResourceOptions(transforms=[twice], depends_on=[a]), size=3)
