# Both commands are thin: kg/checkout.py does the work, on Windows too (py -m kg.checkout demo).
PYTHON ?= python3

.PHONY: demo test coverage clean

demo: ## set up, build the graph of seeds/documents into out/, say what was found
	@$(PYTHON) -m kg.checkout demo

test: ## set up with the developers' tools, then lint, types, tests
	@$(PYTHON) -m kg.checkout test

coverage: ## the same, telling which lines the tests ran; takes more than twice as long
	@$(PYTHON) -m kg.checkout test --cov --cov-report=term

clean: ## remove the virtual environment and everything that was made
	rm -rf .venv out build dist viz/static/vendor tests/viz/vendor .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
