"""A report on what f2py finds on this machine."""
import os
import shutil
import sys


def run():
    """Print it."""
    from . import get_include
    from .__version__ import version

    line = "-" * 6
    print(line, f"os.name={os.name!r}", line, f"sys.platform={sys.platform!r}", line, sep="\n")
    print("sys.version:", sys.version, line, "sys.prefix:", sys.prefix, line, sep="\n")
    print(f"sys.path={os.pathsep.join(sys.path)!r}", line, sep="\n")
    print(f"f2py version {version!r}, runtime in {get_include()}", line, sep="\n")
    for tool in ("meson", "ninja", os.environ.get("CC", "cc"), os.environ.get("FC", "gfortran")):
        print(f"{tool}: {shutil.which(tool) or 'not found'}")


if __name__ == "__main__":
    run()
