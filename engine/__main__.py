"""``python -m urbangrain.engine``: the command line."""

from urbangrain.engine.cli import main

raise SystemExit(main())
