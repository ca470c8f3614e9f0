from thing import Thing

a = Thing("a", key="1")
