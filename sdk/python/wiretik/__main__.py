"""`python -m wiretik`: the same as the `wiretik` command."""

from wiretik.cli import main

if __name__ == "__main__":
    main()
