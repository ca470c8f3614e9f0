"""The far side of a tunnel: wg-quick's files, read and written, and what a Linux host runs."""
