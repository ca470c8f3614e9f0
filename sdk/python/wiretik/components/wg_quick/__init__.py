"""The far side of a tunnel: wg-quick's files, read and written, and the commands of a Linux host."""
