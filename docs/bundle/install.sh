#!/bin/sh
# Sets up 동네비서 from this folder, without a network:  sh install.sh [FOLDER]
# FOLDER (by default ./dongne) gets a virtual environment and config.toml. Name another Python than
# python3 with PYTHON=...; it must be the version that the bundle was made for.
set -eu
target=${1:-dongne}
mkdir -p "$target"
target=$(cd "$target" && pwd)
cd "$(dirname "$0")"
python=${PYTHON:-python3}
wanted=$(cat PYTHON)
found=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
if [ "$found" != "$wanted" ]; then
    echo "This bundle is for Python $wanted, and $python is $found; name another: PYTHON=python$wanted sh install.sh" >&2
    exit 1
fi
sha256sum --check --quiet SHA256SUMS
"$python" -m venv "$target/.venv"
"$target/.venv/bin/python" -m pip --isolated --disable-pip-version-check install --quiet \
    --no-index --no-deps wheels/*.whl
[ -e "$target/config.toml" ] || cp config.toml "$target/"
"$target/.venv/bin/dongne" --version
echo "Installed: cd $target && .venv/bin/dongne chat"
