#!/bin/sh
# build.sh BUILD dev|opt|asan|bare: configure if needed, compile, and put the extension where it is imported from.
# What the compiler says goes to FOLDER/ninja.log; only warnings and errors are shown.
set -eu
build=$1 kind=$2
PATH=$(cd "$build/venv/bin" && pwd):$PATH
strict=false
[ "${CI:-}" = true ] && strict=true
case $kind in
dev) dir=$build options="-Doptimization=1 -Dlevels=" ;;
opt) dir=$build/opt options="-Dbuildtype=release -Doptimization=2" ;;
asan) dir=$build/asan options="-Doptimization=1 -Db_sanitize=address,undefined -Db_lundef=false -Dc_args=['-g1','-fno-omit-frame-pointer','-Wno-array-bounds']" ;;
bare) dir=$build/bare options="-Dbuildtype=release -Doptimization=2 -Dledger=false" ;;
esac
mkdir -p "$dir"
if [ ! -f "$dir/build.ninja" ]; then
    [ "$kind" = dev ] || echo "configuring $dir"
    meson setup "$dir" -Dwerror=$strict $options >"$dir/setup.log" 2>&1 || { cat "$dir/setup.log"; exit 1; }
elif [ "$strict" = true ]; then
    meson configure "$dir" -Dwerror=true
fi
[ "$kind" = dev ] || echo "compiling into $dir"
if ! ninja -C "$dir" -j"${JOBS:-2}" >"$dir/ninja.log" 2>&1; then
    grep -E -A6 'error|warning|FAILED' "$dir/ninja.log" | head -60
    tail -3 "$dir/ninja.log"
    exit 1
fi
grep -v '^ninja: ' "$dir/ninja.log" | grep -A4 'warning:' | head -20 || true
if [ "$kind" = asan ] || [ "$kind" = bare ]; then
    # A package of its own, so that the checkout keeps the extension that plain Python is to load.
    rm -rf "$dir/tree"
    mkdir -p "$dir/tree"
    cp -r fnp fnpx "$dir/tree"
    tree=$dir/tree
else
    tree=.
fi
"$build/py" tools/place.py "$dir" "$tree"
# As pip does it: else a first import, or each where bytecode is not written, compiles 200 files.
[ "$kind" != opt ] || "$build/py" -m compileall -q fnp fnpx
[ "$kind" != dev ] || rm -f "$build/opt/done" # the checkout now has the quick build
touch "$dir/done"
