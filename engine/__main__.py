"""``python -m urbangrain.engine``: the command line."""

from urbangrain.engine.cli import command

if __name__ == "__main__":
    command()
