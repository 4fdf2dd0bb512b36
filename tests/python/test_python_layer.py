"""What the thin Python layer of the namespace has to get right where NumPy's own tests do not look."""
import warnings

import fnp as np
import pytest


def test_cumsum_of_a_matrix_runs_along_its_only_row():
    m = np.matrix([[1, 2], [3, 4]])
    assert m.cumsum().tolist() == [[1, 3, 6, 10]]
    assert np.cumprod(m).tolist() == [[1, 2, 6, 24]]


def test_isclose_warns_of_tolerances_that_are_not_finite_only():
    x = np.arange(3.0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not np.isclose(x, x + 1, rtol=-1.0).any()
        with pytest.raises(RuntimeWarning, match="One of rtol or atol is not valid"):
            np.isclose(x, x, rtol=np.inf)


def test_products_with_numbers_take_the_type_of_both_operands():
    narrow = np.array([1, 2], dtype="f4")
    assert np.dot(narrow, 2.0).dtype == "f8" and np.inner(3, narrow).dtype == "f8"
    assert np.dot(np.array([200], "u1"), np.uint8(2)).tolist() == [144]
    assert type(np.dot(3, 4)) is np.int64


def test_multinomial_says_what_is_wrong_with_its_arguments():
    rng = np.random.default_rng(1)
    with pytest.raises(TypeError, match="an integer is required"):
        rng.multinomial("3", [0.5, 0.5])
    with pytest.raises(ValueError, match="could not convert string to float"):
        rng.multinomial(3, "abc")
    with pytest.raises(TypeError, match="according to the rule 'safe'"):
        rng.multinomial(np.array([1.5]), [0.5, 0.5])
    with pytest.raises(OverflowError):
        rng.multinomial(2**70, [0.5, 0.5])


@pytest.mark.parametrize("kind", ["Polynomial", "Chebyshev", "Legendre", "Hermite", "HermiteE", "Laguerre"])
def test_products_powers_and_conversions_agree_with_values(kind):
    cls = getattr(np.polynomial, kind)
    p, q = cls([1.0, 2.0, 3.0, 0.5]), cls([2.0, -1.0, 0.25])
    x = np.linspace(-1, 1, 7)
    assert np.allclose((p * q)(x), p(x) * q(x))
    assert np.allclose((p**3)(x), p(x) ** 3)
    quotient, rest = divmod(p, q)
    assert np.allclose((quotient * q + rest)(x), p(x))
    power = p.convert(kind=np.polynomial.Polynomial)
    assert np.allclose(power(x), p(x)) and np.allclose(power.convert(kind=cls).coef, p.coef)
    assert np.allclose(p(p.roots()), 0)


def test_errstate_is_for_one_use_and_names_what_it_does_not_know():
    state = np.errstate(divide="ignore")
    with state:
        assert np.geterr()["divide"] == "ignore"
        with pytest.raises(TypeError, match="twice"):
            state.__enter__()
    assert np.geterr()["divide"] == "warn"
    with pytest.raises(TypeError, match="takes 1 positional argument but 2 were given"):
        np.errstate("ignore")
    with pytest.raises(TypeError, match="unexpected keyword argument 'foo'"):
        np.errstate(foo=1)

    @np.errstate(all="ignore")
    def modes():
        return set(np.geterr().values())

    assert modes() == {"ignore"}


def test_linalg_takes_lists_the_short_way():
    assert np.linalg.inv([[2, 0], [0, 4]]).tolist() == [[0.5, 0], [0, 0.25]]
    assert np.linalg.solve([[2, 1], [1, 3]], [1, 2]).tolist() == np.linalg.solve(np.array([[2, 1], [1, 3]]), [1, 2]).tolist()
    with pytest.raises(np.linalg.LinAlgError, match="Last 2 dimensions"):
        np.linalg.inv([[1, 2]])


def test_flat_takes_an_array_of_as_many_elements():
    a = np.zeros((3, 2)).T
    a.flat = np.arange(6.0)
    assert a.tolist() == [[0, 1, 2], [3, 4, 5]]
    a.flat = np.arange(6.0).reshape(2, 3).T
    assert a.tolist() == [[0, 3, 1], [4, 2, 5]]
    a.flags.writeable = False
    with pytest.raises(ValueError, match="^array is read-only"):
        a.flat = np.ones(6)


def test_correlate_of_one_lag_and_of_booleans():
    assert np.correlate([1, 2, 3], [4, 5, 6]).tolist() == [32]
    assert np.correlate([1j, 2], [4, 5j]).tolist() == [-6j]
    b = np.array([True, False, True])
    assert np.convolve(b, b).tolist() == [True, False, True, False, True]
    assert np.correlate(np.array([1, 2], "m8[s]"), [1, 2]).astype(int).tolist() == [5]


def test_char_comparisons_take_one_string_and_name_shapes_that_do_not_fit():
    t = np.array([["ab ", "b"], ["a", "ab"]])
    assert np.char.equal(t, "ab").tolist() == [[True, False], [False, True]]
    assert np.char.less("b", t[::-1]).tolist() == [[False, False], [False, False]]
    with pytest.raises(ValueError, match=r"shapes \(2,2\) \(3,1\)"):
        np.char.equal(t, [["a"], ["b"], ["c"]])
