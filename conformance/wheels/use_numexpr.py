"""numexpr: its own tests, and an expression."""
import contextlib
import io
import sys

import numexpr as ne
import numpy as np

a, b = np.arange(6.0), np.linspace(0, 1, 6)
print(ne.evaluate("2 * a + b ** 2 > 3"), ne.evaluate("sum(a * b)"))
said = io.StringIO()
with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
    result = ne.test(verbosity=0)
for test, text in (result.failures + result.errors)[:5]:
    print(test, text[-600:])
print(f"tests: {result.testsRun - len(result.failures) - len(result.errors)} passed")
sys.exit(not result.wasSuccessful())
