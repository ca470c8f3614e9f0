from thing import Thing

a = Thing("a", size=2)
b = Thing("b", size=2)
c = Thing("c", data=b.size)
