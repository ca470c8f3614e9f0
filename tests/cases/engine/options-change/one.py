from thing import Thing

a = Thing("a")
b = Thing("b")
c = Thing("c")
d = Thing("d")
