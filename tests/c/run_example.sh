#!/bin/sh
# run_example.sh PROGRAM INPUT EXPECTED: a program of examples/c prints what is expected.
"$1" "$2" | diff -u "$3" -
