# Two commands for a newcomer: `make demo` and `make test`. Each sets up what it needs; `make help` lists the rest.

SHELL := /bin/bash
ENGINE := .envs/engine/bin
QGIS_PY := .envs/qgis/bin/python
DATA ?= ../shared/data
DEMO ?= demo
# Xvfb's screen: large enough that QGIS's main window and a floating dock fit.
XVFB := xvfb-run -a -s "-screen 0 1600x1000x24"

.DEFAULT_GOAL := help
.PHONY: help setup envs demo qgis test lint types imports test-engine test-plugin test-gui security package translations \
        train-landcover train-greenspace train-rooftops train-parcels evaluate evaluate-rooftops evaluate-parcels evaluate-adaptation compare bench clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | column -t -s "$$(printf '\t')"

demo: envs ## build the demo city, map it in QGIS, leave layers, project, picture and report in demo/
	tools/demo.sh "$(DEMO)"

qgis: envs ## open QGIS with the plugin (and the demo project, if `make demo` made one)
	tools/qgis.sh "$(DEMO)"

test: envs lint types imports security test-engine test-plugin test-gui ## everything that CI runs

envs: .envs/engine/.ready .envs/qgis/.ready ## make both Python environments

setup: ## install QGIS, Xvfb and the few system packages that are missing (asks for root by sudo)
	tools/setup_system.sh

.envs/engine/.ready: pyproject.toml tools/envs.sh tools/constraints.txt
	tools/setup_system.sh
	tools/envs.sh engine

.envs/qgis/.ready: pyproject.toml tools/envs.sh
	tools/setup_system.sh
	tools/envs.sh qgis

lint:
	$(ENGINE)/ruff check .
	$(ENGINE)/ruff format --check .

types:
	$(ENGINE)/mypy -p urbangrain.engine

imports:
	PYTHONPATH=.envs/path $(ENGINE)/lint-imports

security:
	$(ENGINE)/bandit -q -r __init__.py plugin engine -c pyproject.toml

test-engine:
	$(ENGINE)/python -m pytest tests/engine

test-plugin:
	QT_QPA_PLATFORM=offscreen $(QGIS_PY) -m pytest tests/plugin

test-gui:
	QT_QPA_PLATFORM=xcb $(XVFB) $(QGIS_PY) -m pytest tests/gui

package: ## build/urbangrain.zip, the plugin as the QGIS plugin repository takes it
	$(ENGINE)/python tools/package.py

translations: ## refresh i18n/*.ts from the sources and compile them
	tools/translations.sh

train-landcover train-greenspace: train-%: envs ## train a bundled model anew (DATA=folder of the real imagery, MINUTES=60)
	$(ENGINE)/python -m urbangrain.engine.training.landcover --product $* --data "$(DATA)" --cache build/scenes \
		--minutes $${MINUTES:-60} --out build/$*

train-rooftops: envs ## train the rooftop model anew (MINUTES=60)
	$(ENGINE)/python -m urbangrain.engine.training.rooftops --cache build/years --minutes $${MINUTES:-60} --out build/rooftops

train-parcels: envs ## train the parcel model anew (MINUTES=30)
	$(ENGINE)/python -m urbangrain.engine.training.parcels --cache build/cities --minutes $${MINUTES:-30} --out build/parcels

evaluate-parcels: envs ## measure the parcel model: build/evaluation_parcels/
	$(ENGINE)/python -m urbangrain.engine.release.evaluate_parcels --cache build/cities

evaluate-adaptation: envs ## measure what adapting to an image gains (STEPS=100): docs/models.md
	$(ENGINE)/python -m urbangrain.engine.release.evaluate_adaptation --data "$(DATA)" --cache build/scenes \
		--steps $${STEPS:-100} --page docs/models.md

evaluate-rooftops: envs ## measure the rooftop model (BESIDE="model folders to compare it with"): build/evaluation_rooftops/
	$(ENGINE)/python -m urbangrain.engine.release.evaluate_rooftops --data "$(DATA)" --cache build/years --beside $(BESIDE)

compare: envs ## train each network from scratch for MINUTES (60) and compare them: build/compare/, docs/models.md
	$(ENGINE)/python -m urbangrain.engine.release.compare --data "$(DATA)" --cache build/scenes --out build/compare \
		--minutes $${MINUTES:-60} --page docs/models.md

bench: envs ## measure speed and memory into docs/performance.md (PARTS="efficiency scaling memory peers")
	tools/bench.sh $(PARTS)

evaluate: envs ## measure a bundled model beside its baselines (PRODUCT=landcover): build/evaluation/
	$(ENGINE)/python -m urbangrain.engine.release.evaluate --product $${PRODUCT:-landcover} --data "$(DATA)"

clean: ## remove what was built; the environments stay (remove .envs yourself)
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
