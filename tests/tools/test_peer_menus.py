"""README's figures come from the peer's own sources and from exports, line by line."""

import subprocess

from tools.peer_menus import lacking, main, ours, peers, texts, written

PROVIDER = """
		ResourcesMap: map[string]*schema.Resource{
			"routeros_interface_vlan":  ResourceInterfaceVlan(),
			"routeros_vlan":            ResourceInterfaceVlan(),
			"routeros_ip_pool": ResourcePool(),
			// "routeros_gone": ResourceGone(),
"""
VLAN = """
func ResourceInterfaceVlan() *schema.Resource {
	resSchema := map[string]*schema.Schema{
		MetaResourcePath: PropResourcePath("/interface/vlan"),
	}
}

func ResourcePool() *schema.Resource {
	resSchema := map[string]*schema.Schema{
		MetaResourcePath: PropResourcePath("/ip/pool"),
		KeyNextPool: PropX,
		"ranges": {
		KeyName: PropY,
	}
}
"""
PAGE = """
### Required

- `name` (String)

### Optional

- `vlan_id` (Number)
  * nested - `words`

### Read-Only

- `running` (Boolean)
"""
FILES = {
    "routeros/provider.go": PROVIDER,
    "routeros/resource_vlan.go": VLAN,
    "docs/resources/interface_vlan.md": PAGE,
}
EXPORT = """# 2026-01-01 00:00:00 by RouterOS 7.23.2
/interface vlan
add name=v vlan-id=1
add name=v vlan-id=1 mtu=1400
/ip pool
add name=p ranges=10.0.0.1 next-pool=x
/ip dns
set servers=10.0.0.1
"""


def test_what_it_takes_stands_in_its_pages_or_else_in_its_sources():
    many, taken = peers(FILES)

    assert many == 3
    assert taken == {
        "/interface/vlan": frozenset({"name", "vlan-id"}),
        "/ip/pool": frozenset({"name", "next-pool", "ranges"}),
    }


def test_a_line_can_be_written_where_all_its_arguments_are_taken():
    _, taken = peers(FILES)

    assert written(taken, [EXPORT]) == (2, 4)
    assert written(ours(), [EXPORT]) == (4, 4)
    assert written({"/ip/pool": frozenset()}, []) == (0, 0)


def test_what_it_lacks_is_counted_by_version():
    taken = {"/ip/settings": frozenset({"ip-forward"}), "/routing/bgp/template": frozenset({"input", "output"})}
    before, after = lacking({"/ip/settings": taken["/ip/settings"]}, (7, 15)), lacking(taken, (7, 23))

    assert before[0] == before[1] - 1
    assert after[0] < after[1] - 5  # a part of what has a name is taken with it


def test_it_is_read_from_a_bare_repository(tmp_path, capsys):
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.com", "-C", str(tmp_path)]
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "x"], check=True)
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports/one.rsc").write_text(EXPORT)

    assert texts(str(tmp_path)) == FILES
    main(str(tmp_path), str(tmp_path / "exports"))

    out = capsys.readouterr().out
    assert "terraform-routeros: 3 resources for 2 paths, 2 of them menus of the file" in out
    assert "terraform-routeros: 2 of 4 lines of 1 exports, 50.0%" in out
    assert "Wiretik: 4 of 4 lines of 1 exports, 100.0%" in out
