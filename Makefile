.PHONY: demo test

demo:
	@sh tools/setup.sh
	@.venv/bin/python tools/demo.py

test:
	@sh tools/setup.sh test
	@.venv/bin/python -m pytest -n auto
