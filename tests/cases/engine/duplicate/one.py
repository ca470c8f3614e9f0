from thing import Thing

a = Thing("a")
a.serial.apply(lambda _: Thing("a", label="other"))
