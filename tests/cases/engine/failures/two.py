from thing import Thing

a = Thing("a")
b = Thing("b", data=a.serial)
