"""Run the command line: ``python -m gouji``."""

from gouji.cli import main

if __name__ == "__main__":
    main()
