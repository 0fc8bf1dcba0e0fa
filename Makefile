# The front door.  On a fresh Debian bookworm, `make demo` and `make test` each do all that is needed, the set-up
# included; without make, `tools/setup.sh` installs it.
#
#   make test TARGETS=//core/...        a part of the tree
#   make test FLAGS=--test_filter=X     more flags for Bazel

SHELL := /bin/bash
BAZEL ?= /usr/bin/bazel
TARGETS ?= //...
PREFIX ?= /usr/local
FLAGS ?=
LISTEN ?= 127.0.0.1:50051
SHARED ?= ../shared

# What timing and users get.
OPT := --compilation_mode=opt --copt=-O3
OPT_BIN = $$($(BAZEL) info $(OPT) bazel-bin 2>/dev/null)
CLI = "$(OPT_BIN)/clients/cli"
CROSSFOOT = $(CLI)/crossfoot

.DEFAULT_GOAL := help
.PHONY: help setup demo test build install serve lint format format-check api http-api sarif html-report \
  formats release-image clients conformance workspace asan tsan clang fuzz bench bench-formats load eval docs clean cli \
  api-setup sarif-setup browser-setup office-setup clients-setup

help: ## Show this list
	@echo 'make TARGET [TARGETS=//core/...] [FLAGS=...]'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s%s\n", $$1, $$2 }' Makefile

setup: ## Install what is missing (quick when nothing is)
	@tools/setup.sh

demo: cli ## Check the reports in examples/ and show what contradicts what
	@tools/demo.sh $(CROSSFOOT)

test: setup ## Run all tests
	$(BAZEL) test --keep_going $(FLAGS) $(TARGETS)

build: setup ## Build everything
	$(BAZEL) build --keep_going $(FLAGS) $(TARGETS)

install: cli ## Install the program, its manual and completions into PREFIX (/usr/local) of DESTDIR
	$(BAZEL) build $(OPT) $(FLAGS) //clients/cli:installed
	install -D -m 755 $(CROSSFOOT) "$(DESTDIR)$(PREFIX)/bin/crossfoot"
	install -D -m 755 $(CLI)/crossfoot-pdf-reader "$(DESTDIR)$(PREFIX)/libexec/crossfoot/crossfoot-pdf-reader"
	install -D -m 755 $(CLI)/crossfoot-pdf-annotator "$(DESTDIR)$(PREFIX)/libexec/crossfoot/crossfoot-pdf-annotator"
	install -D -m 644 $(CLI)/crossfoot.1 "$(DESTDIR)$(PREFIX)/share/man/man1/crossfoot.1"
	install -D -m 644 $(CLI)/crossfoot.zh.1 "$(DESTDIR)$(PREFIX)/share/man/zh_CN/man1/crossfoot.1"
	install -D -m 644 $(CLI)/crossfoot.bash "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/crossfoot"
	install -D -m 644 $(CLI)/_crossfoot "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_crossfoot"

serve: cli ## Serve gRPC on LISTEN (127.0.0.1:50051) until Ctrl-C
	@exec $(CROSSFOOT) serve --listen $(LISTEN)

lint: setup ## Run clang-tidy over all sources, after a proof that it is alive
	@BAZEL='$(BAZEL)' tools/lint.sh $(TARGETS)

format: setup ## Format all C++ sources
	@tools/format.sh

format-check: setup ## Fail when a C++ source is not formatted
	@tools/format.sh --check

api: api-setup ## Check the API: names, compatibility with the last release, docs/openapi.yaml
	@tools/api.sh

http-api: cli api-setup ## Hold a running server against docs/openapi.yaml
	@tools/http_api.sh $(CROSSFOOT)

sarif: cli sarif-setup ## Hold the SARIF of check against the standard and what GitHub takes
	@tools/sarif.sh $(CROSSFOOT)

html-report: cli browser-setup ## Look at the pages of check --format=html in a browser, as an editor would
	@tools/html_report.sh $(CROSSFOOT)

formats: cli office-setup ## Hold the readers of all formats against each other, on the reports of tests/formats
	@tests/formats/run.py $(CROSSFOOT)

release-image: api-setup ## Make the API as it is now the last release that `make api` compares with
	@tools/api.sh release-image

clients: clients-setup ## Generate, build and test the packages of clients/
	@BAZEL='$(BAZEL)' OPT='$(OPT)' FLAGS='$(FLAGS)' clients/clients.sh

conformance: cli clients ## Run the cases of tests/conformance through every client
	@tests/conformance/run.py $(CROSSFOOT)

workspace: cli ## Use the Bazel rule and the C++ client in another workspace, tests/workspace
	@install $(CROSSFOOT) tests/workspace/crossfoot
	cd tests/workspace && $(BAZEL) test $(OPT) $(FLAGS) //...

asan: setup ## Run all tests under the address and undefined-behaviour sanitisers
	$(BAZEL) test --keep_going --config=asan $(FLAGS) $(TARGETS)

tsan: setup ## Run the tests tagged "threads" under the thread sanitiser
	$(BAZEL) test --keep_going --config=tsan $(FLAGS) $(TARGETS)

clang: setup ## Build and test with clang, which also checks that every include has its dependency
	$(BAZEL) build --keep_going --config=clang $(FLAGS) $(TARGETS)
	$(BAZEL) test --keep_going --config=clang $(FLAGS) $(TARGETS)

fuzz: setup ## Run each fuzz target for FUZZ_SECONDS (60) under sanitisers
	@BAZEL='$(BAZEL)' tools/fuzz.sh

bench: bench-formats ## Measure the speed of reading, extraction and checks, and the memory they take
	$(BAZEL) run $(OPT) $(FLAGS) //tests/benchmark:check_benchmark

bench-formats: setup ## Measure how fast each format is read, beside the bare library
	$(BAZEL) run $(OPT) $(FLAGS) //tests/benchmark:format_benchmark

load: setup ## Measure how fast the service is beside what the machine allows
	$(BAZEL) run $(OPT) $(FLAGS) //tests/load

eval: cli ## Measure detection, extraction and recognition on the reports in SHARED (../shared), when it is there
	@tools/eval.sh $(CROSSFOOT) $(SHARED)

docs: cli api-setup ## Write docs/rules.md, docs/errors.md and docs/openapi.yaml anew from rule packs and protos
	$(BAZEL) build $(OPT) $(FLAGS) //tools/error_page:make_error_page //proto/crossfoot/v1:error_reason_descriptor
	@$(CROSSFOOT) rules document --lang=en > docs/rules.md
	@"$(OPT_BIN)/tools/error_page/make_error_page" "$(OPT_BIN)/proto/crossfoot/v1/error_reason.binpb" > docs/errors.md
	@tools/make_openapi.py > docs/openapi.yaml

clean: ## Remove what was built; the set-up stays
	$(BAZEL) clean

cli: setup
	$(BAZEL) build $(OPT) $(FLAGS) //clients/cli:crossfoot

api-setup:
	@tools/setup.sh --api

browser-setup:
	@tools/setup.sh --browser

office-setup:
	@tools/setup.sh --office

sarif-setup:
	@tools/setup.sh --sarif

clients-setup:
	@tools/setup.sh --clients
