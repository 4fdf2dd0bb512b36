"""Random numbers.

The legacy functions of the module stand on one RandomState with NumPy's MT19937 stream. Generators, bit generators and
the rarer distributions are not written yet: they raise NotImplementedError when called.
"""
from .mtrand import RandomState, _rand

__all__ = [
    "BitGenerator", "Generator", "MT19937", "PCG64", "PCG64DXSM", "Philox", "RandomState", "SFC64", "SeedSequence", "beta",
    "binomial", "bytes", "chisquare", "choice", "default_rng", "dirichlet", "exponential", "f", "gamma", "geometric",
    "get_state", "gumbel", "hypergeometric", "laplace", "logistic", "lognormal", "logseries", "multinomial",
    "multivariate_normal", "negative_binomial", "noncentral_chisquare", "noncentral_f", "normal", "pareto", "permutation",
    "poisson", "power", "rand", "randint", "randn", "random", "random_integers", "random_sample", "ranf", "rayleigh", "sample",
    "seed", "set_state", "shuffle", "standard_cauchy", "standard_exponential", "standard_gamma", "standard_normal",
    "standard_t", "triangular", "uniform", "vonmises", "wald", "weibull", "zipf"]


def _absent(name):
    def call(*args, **kwargs):
        raise NotImplementedError(f"random.{name} is not written yet")
    call.__name__ = call.__qualname__ = name
    return call


for _name in __all__:
    if _name not in globals():
        globals()[_name] = getattr(_rand, _name, None) or _absent(_name)
ranf = sample = random = _rand.random_sample
del _name
