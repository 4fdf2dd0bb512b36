# Written by tools/gen_stubs.py from the package itself.
import builtins

full_version: builtins.str
git_revision: builtins.str
release: builtins.bool
short_version: builtins.str
version: builtins.str
