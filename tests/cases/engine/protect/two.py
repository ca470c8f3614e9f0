from thing import Thing

b = Thing("b")
