from thing import Thing

a = Thing("a", size=1, data={"x": 1, "y": [1, 2]})
