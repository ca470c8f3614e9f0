// The home site of ../__main__.py in TypeScript: `pulumi package add wiretik` makes the classes.
import * as pulumi from "@pulumi/pulumi";
import * as wt from "@wiretik/pulumi";

const config = new pulumi.Config();
const lan = config.require("lan");
const wan = config.get("wan-list") ?? "WAN";
const vpnGateway = config.get("vpn-gateway") ?? "10.8.1.1";

// Made once and kept in the state as a secret, so the phone's profile is whole and a camera can read it.
const phoneKey = new wt.WireGuardKey("phone-key");

const home = new wt.Site("home", {
    lan: { interface: config.get("lan-interface") ?? "bridge", prefix: lan },
    wan,
    tunnels: [
        {
            interface: "wg1",
            address: config.get("mesh-address") ?? "10.20.0.2/24",
            listenPort: config.getNumber("mesh-listen-port") ?? 13232,
            peers: [
                {
                    name: "hub",
                    publicKey: config.get("mesh-public-key") ?? "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=",
                    allowedAddress: [
                        config.get("mesh") ?? "10.20.0.0/24",
                        config.get("remote-lan") ?? "172.16.50.0/24",
                    ],
                    endpoint: config.get("mesh-endpoint") ?? "server2.example.com:51820",
                },
            ],
        },
    ],
    alwaysOn: {
        interface: "wg0",
        address: config.get("vpn-address") ?? "10.8.0.2/32",
        gateway: vpnGateway,
        dns: vpnGateway,
        endpoint: config.get("vpn-endpoint") ?? "server1.example.com:51820",
        publicKey: config.get("vpn-public-key") ?? "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=",
        ipv6: false, // the provider has none, so what the LAN sends by IPv6 goes nowhere
    },
    relay: {
        interface: "wg-mesh",
        endpoint: config.get("endpoint") ?? "router.example.com:51820",
        address: "10.99.0.1/24",
        clients: [
            {
                name: "laptop",
                address: "10.99.0.2",
                publicKey: config.get("laptop-key") ?? "TEFQVE9QX1BVQkxJQ19LRVkuLi4uLi4uLi4uLi4uLi4=",
                exitNode: true,
                lan: ["192.168.10.0/24"],
            },
            { name: "phone", address: "10.99.0.3", privateKey: phoneKey.privateKey },
        ],
    },
});
// A row that no component makes, since most routers have one of their own for it: components and rows go together.
new wt.NatRule("masquerade-wan", { chain: "srcnat", outInterfaceList: wan, action: "masquerade", comment: "WAN" });

export const wg0PublicKey = home.publicKeys.apply((keys) => keys["wg0"]);
export const wg1PublicKey = home.publicKeys.apply((keys) => keys["wg1"]);
export const phone = home.profiles.apply((profiles) => profiles["phone"]);
