# make setup | run | test | check | fix | docs | faults | fuzz | bench | soak | bundle | lock
PYTHON ?= python3
# Address of an index that carries PyTorch's small CPU build; empty: the machine's usual index.
TORCH_INDEX ?=
TORCH := torch==2.13.0
# make bundle WITH_TORCH=1: with sentence-transformers and torch, which the default does not use.
WITH_TORCH ?=
# make soak SECONDS=1800: how long people ask, after the store is made.
SECONDS ?= 1800
VENV := .venv
BIN := $(VENV)/bin
# A file to one worker: stores that its tests share are made once. Four workers on two cores: a third of
# their time is waiting (processes that start, answers that are to come); two took half as long again.
PYTEST = $(BIN)/python -m pytest -n 4 --dist loadfile
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: setup run test check fix docs faults fuzz bench soak bundle lock clean

setup: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name it with: make setup PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
	  || { echo "The venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing (about 2 minutes, 2.2 GB on disk) ..."
	$(PIP) install --quiet $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) $(TORCH)
	$(PIP) install --quiet --no-deps --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.developing: $(VENV)/.installed requirements-dev.lock
	$(PIP) install --quiet --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

run: setup
	@$(BIN)/dongne run

test: $(VENV)/.developing
	$(PYTEST)

check: $(VENV)/.developing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive bot retrieval corpus
	$(BIN)/python -m docs.generate --check
	$(PYTEST)

fix: $(VENV)/.developing
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.developing
	$(BIN)/python -m docs.generate

# Two hundred deaths by kill -9 instead of the twenty of `make test`, and every single fault.
faults: $(VENV)/.developing
	$(PYTEST) --timeout 3600 --kills $(or $(KILLS),200) tests/faults

# Twenty times as many examples as in `make test`, and new ones each time.
fuzz: $(VENV)/.developing
	FUZZ=$(or $(FUZZ),20) $(PYTEST) --timeout 3600 tests/fuzzing

bench: $(VENV)/.developing
	$(BIN)/python -m tests.benchmarks $(BENCH)

soak: $(VENV)/.developing
	$(BIN)/python -m tests.soak $(SECONDS)

bundle: setup
	$(BIN)/python -m docs.bundle $(if $(WITH_TORCH),--torch $(TORCH) $(if $(TORCH_INDEX),--torch-index $(TORCH_INDEX)))

# Torch is left out on purpose: its CPU build has another hash on every index (docs/decisions/0002).
LEFT_OUT := torch triton nvidia-cublas nvidia-cuda-cccl nvidia-cuda-cupti nvidia-cuda-nvrtc nvidia-cuda-runtime \
  nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-curand nvidia-cusolver nvidia-cusparse nvidia-cusparselt-cu13 \
  nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx cuda-bindings cuda-pathfinder cuda-toolkit
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
  $(foreach name,$(LEFT_OUT),--no-emit-package $(name)) pyproject.toml

lock: $(VENV)/.developing
	$(PIP) install --quiet uv
	$(COMPILE) -o requirements.lock
	$(COMPILE) --extra dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) build *.egg-info
