import sys, os, pathlib, importlib.util
class Helpers:
    NAMES = {f"numpy._core.{m}" for m in ("_multiarray_tests", "_umath_tests", "_rational_tests", "_struct_ufunc_tests", "_operand_flag_tests")}
    def find_spec(self, name, path=None, target=None):
        if name in self.NAMES:
            so = next(pathlib.Path("/work/oracle/v/lib/python3.11/site-packages").glob(f"numpy/_core/{name.rpartition('.')[2]}.*.so"), None)
            return so and importlib.util.spec_from_file_location(name, so)
sys.meta_path.append(Helpers())
os.environ["NUMPY_EXPERIMENTAL_DTYPE_API"] = "1"
import hypothesis
hypothesis.settings.register_profile("s", deadline=None, database=None, derandomize=True, suppress_health_check=list(hypothesis.HealthCheck))
hypothesis.settings.load_profile("s")
def pytest_configure(config):
    for m in ("valgrind_error", "leaks_references", "slow", "slow_pypy", "parallel_threads(n)", "iterations(n)", "thread_unsafe"):
        config.addinivalue_line("markers", m + ": numpy's")
