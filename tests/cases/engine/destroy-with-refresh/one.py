from thing import Thing

a = Thing("a", size=1)
b = Thing("b", data=a.serial)
c = Thing("c", data=b.serial)
