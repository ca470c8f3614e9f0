"""How the embedded router is reached: the API, REST and TLS, on sockets."""
