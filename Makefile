# Both commands are thin: kg/checkout.py does the work, on Windows too (py -m kg.checkout demo).
PYTHON ?= python3

.PHONY: demo test clean

demo: ## set up, build the graph of seeds/documents into out/, say what was found
	@$(PYTHON) -m kg.checkout demo

test: ## set up with the developers' tools, then lint, types, tests with coverage
	@$(PYTHON) -m kg.checkout test

clean: ## remove the virtual environment and everything that was made
	rm -rf .venv out build dist viz/static/vendor tests/viz/vendor .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
