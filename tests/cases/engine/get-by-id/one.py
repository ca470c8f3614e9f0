from thing import Thing

a = Thing("a", data="found")
