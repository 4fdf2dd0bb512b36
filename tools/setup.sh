#!/bin/sh
# setup.sh BUILD [PYTHON]: compiler, venv and tools; then BUILD/py, a Python that sees this checkout.
set -eu
build=$1 python=${2:-python3}
need=
command -v cc >/dev/null && echo '#include <stdio.h>' | cc -E - >/dev/null 2>&1 || need="$need gcc libc6-dev"
"$python" -c 'import ensurepip' 2>/dev/null || need="$need ${python##*/}-venv"
"$python" -c 'import os, sysconfig; os.stat(sysconfig.get_path("include") + "/Python.h")' 2>/dev/null || need="$need ${python##*/}-dev"
if [ -n "$need" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing$need"
        (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y $need) >/dev/null
    else
        echo "This needs$need. Please run:" >&2
        echo "    sudo apt-get install$need" >&2
        exit 1
    fi
fi
venv=$build/venv
[ -x "$venv/bin/pip" ] || { echo "making $venv"; rm -rf "$venv"; "$python" -m venv "$venv"; }
PIP_DISABLE_PIP_VERSION_CHECK=1 "$venv/bin/pip" -q install -r tools/requirements.txt
site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
(pwd; cat fnp/dropin.pth) >"$site/fnp_tree.pth"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$(cd "$venv" && pwd)/bin/python" >"$build/py"
chmod +x "$build/py"
