from thing import Thing

a = Thing("a", size=4, bad=True)
b = Thing("b", data=a.serial)
