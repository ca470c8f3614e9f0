from thing import Thing

a = Thing("a", key="2", first=True)
c = Thing("c", key="free")
