"""``python -m kb``: the command line."""

from kb.cli import main

if __name__ == "__main__":
    main(prog_name="kb")
