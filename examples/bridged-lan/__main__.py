"""One LAN of two sites: cameras and their recorder see each other as at one switch, whichever site they are at."""

import wiretik as wt

link = wt.SiteToSite(
    "link",
    wt.SiteToSiteArgs(
        a=wt.SiteEnd("berlin", address="10.255.0.1/30", endpoint="berlin.example.com:51820"),
        b=wt.SiteEnd("lisbon", address="10.255.0.2/30"),
    ),
)
for router, address in {"berlin": "192.168.30.1/24", "lisbon": "192.168.30.2/24"}.items():
    cameras = wt.VlanArgs(30, address, access=["ether5"], interface="cameras", lists=[], router=router)
    wt.Vlan(f"cameras-{router}", cameras)
wt.BridgedLan("joined", wt.BridgedLanArgs(link, vlan_id=30))
