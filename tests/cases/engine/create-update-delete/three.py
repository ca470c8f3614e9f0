from thing import Thing

a = Thing("a", size=3)
