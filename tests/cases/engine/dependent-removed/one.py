from thing import Thing

a = Thing("a", key="1", first=True)
b = Thing("b", key=a.serial)
c = Thing("c", key=b.serial)
