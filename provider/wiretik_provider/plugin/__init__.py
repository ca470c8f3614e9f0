"""The second front: Wiretik as an ordinary Pulumi package, `pulumi-resource-wiretik`, over the same kinds."""
