.PHONY: help setup demo test torture bench package matrix screenshots docs i18n check

help:        ## Say what each command does
	@sed -n 's/^\([a-z0-9]*\): *## /make \1\t/p' Makefile | expand -t 20
setup:       ## Install what the project needs (QGIS, PostGIS, Xvfb, .venv, territories); seconds when nothing is missing
	@bash tools/setup.sh
demo:        ## Build the demonstration in build/demo/ and open QGIS on it where there is a screen
	@bash tools/demo.sh
test:        ## Run every check and every test
	@bash tools/test.sh
torture:     ## Break the synchronisation on real servers and count what is lost (MINUTES=60 SEED=7 FROM=0)
	@bash tools/in_venv.sh tools/torture.py $(or $(MINUTES),10) $(SEED) $(FROM)
bench:       ## Measure against peers: build/bench.json (ONLY=name for one)
	@bash tools/in_venv.sh tools/bench.py $(ONLY)
package:     ## Build build/resorption_plugin.zip and stage build/plugins/ for QGIS_PLUGINPATH
	@bash tools/in_venv.sh tools/package.py
matrix:      ## Check the code against Qt 6 and list the QGIS versions it was run with
	@bash tools/in_venv.sh tools/matrix.py
screenshots: ## Take the screenshots of build/screenshots/ in a real QGIS under Xvfb
	@bash tools/screenshots.sh
docs:        ## Regenerate the pages that come from the model and the registries
	@bash tools/in_venv.sh tools/docs.py
i18n:        ## Bring i18n/resorption_fr.ts up to date with the code and i18n/fr/*.json
	@bash tools/in_venv.sh tools/translations.py
check:       ## Begin a new check: its rule and its scenes (NAME=DON-013)
	@bash tools/in_venv.sh tools/new_check.py $(NAME)
