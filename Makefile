# The front door.  On a fresh Debian bookworm, `make demo` and `make test` each do all that is needed, the set-up
# included; without make, `tools/setup.sh` installs it.
#
#   make test TARGETS=//core/...        a part of the tree
#   make test FLAGS=--test_filter=X     more flags for Bazel

SHELL := /bin/bash
BAZEL ?= /usr/bin/bazel
TARGETS ?= //...
FLAGS ?=
LISTEN ?= 127.0.0.1:50051
SHARED ?= ../shared

# What timing and users get.
OPT := --compilation_mode=opt --copt=-O3
OPT_BIN = $$($(BAZEL) info $(OPT) bazel-bin 2>/dev/null)
CROSSFOOT = "$(OPT_BIN)/clients/cli/crossfoot"

.DEFAULT_GOAL := help
.PHONY: help setup demo test build serve lint format format-check asan clang fuzz bench eval docs clean cli

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

serve: cli ## Serve gRPC on LISTEN (127.0.0.1:50051) until Ctrl-C
	@exec $(CROSSFOOT) serve --listen $(LISTEN)

lint: setup ## Run clang-tidy over all sources, after a proof that it is alive
	@BAZEL='$(BAZEL)' tools/lint.sh $(TARGETS)

format: setup ## Format all C++ sources
	@tools/format.sh

format-check: setup ## Fail when a C++ source is not formatted
	@tools/format.sh --check

asan: setup ## Run all tests under the address and undefined-behaviour sanitisers
	$(BAZEL) test --keep_going --config=asan $(FLAGS) $(TARGETS)

clang: setup ## Build and test with clang, which also checks that every include has its dependency
	$(BAZEL) build --keep_going --config=clang $(FLAGS) $(TARGETS)
	$(BAZEL) test --keep_going --config=clang $(FLAGS) $(TARGETS)

fuzz: setup ## Run each fuzz target for FUZZ_SECONDS (60) under sanitisers
	@BAZEL='$(BAZEL)' tools/fuzz.sh

bench: setup ## Measure the speed of extraction and checks, and the memory they take
	$(BAZEL) run $(OPT) $(FLAGS) //tests/benchmark:check_benchmark

eval: cli ## Measure detection, extraction and recognition on the reports in SHARED (../shared), when it is there
	@tools/eval.sh $(CROSSFOOT) $(SHARED)

docs: cli ## Write docs/rules.md anew from the rule packs
	@$(CROSSFOOT) rules document --lang=en > docs/rules.md

clean: ## Remove what was built; the set-up stays
	$(BAZEL) clean

cli: setup
	$(BAZEL) build $(OPT) $(FLAGS) //clients/cli:crossfoot
