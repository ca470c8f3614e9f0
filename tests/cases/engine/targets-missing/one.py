from thing import Thing

a = Thing("a")
b = Thing("b", data=a.serial)
c = Thing("c", data=a.serial)
d = Thing("d")
