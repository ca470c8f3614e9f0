from thing import Thing

a = Thing("a", label="a2", key="2", sticks=True)
