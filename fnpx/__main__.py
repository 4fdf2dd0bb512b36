"""python -m fnpx COMMAND …: measure this package against NumPy.

    suite [FILE …]     NumPy's own test files: score, differences, ratchet
    compare [PROG …]   programs, byte for byte against NumPy
    parity             write docs/parity.md from what the other commands measured
    bench [CASE …]     speed, paired with NumPy in one run
    leaks [FILE …]     repeat test functions, watch references and memory
    wheels [NAME …]    compiled wheels from PyPI, unchanged
    twins [CODE …]     evaluate expressions on both, show what differs

`COMMAND --help` says more. FNP_ORACLE_PYTHON names the interpreter that has the real NumPy.
"""
import importlib
import sys

COMMANDS = {
    "suite": "conformance.suite_command", "compare": "conformance.compare", "parity": "conformance.parity",
    "bench": "bench", "leaks": "conformance.leaks", "wheels": "conformance.wheels", "twins": "conformance.twins",
}


def main():
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        print(__doc__.strip())
        return 0 if sys.argv[1:] in (["-h"], ["--help"]) else 2
    command = importlib.import_module("." + COMMANDS[sys.argv[1]], __package__)
    return command.main(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
