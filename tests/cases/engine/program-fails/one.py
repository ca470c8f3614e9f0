from thing import Thing

a = Thing("a")
raise RuntimeError("the program is at fault")
