"""String functions against Python's own, at the widths where the loops change their ways."""
import bisect
import random

import fnp as np
import pytest

WIDTHS = (1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 129, 200)


def texts(width, letters='ab', n=40):
    r = random.Random(width)
    return [''.join(r.choice(letters) for _ in range(r.randint(0, width))) for _ in range(n)] + ['a' * width]


def both(width, letters='ab'):
    """The same words as str and as bytes, each with its array."""
    words = texts(width, letters)
    yield words, np.array(words, f'U{width}')
    coded = [w.encode('latin1') for w in words]
    yield coded, np.array(coded, f'S{width}')


def like(word, text):
    return text if isinstance(word, str) else text.encode('latin1')


@pytest.mark.parametrize('width', WIDTHS)
def test_search(width):
    for words, a in both(width):
        for sub in '', 'a', 'ab', 'aab', 'abab', 'a' * 9, 'b' * 70:
            s = like(words[0], sub)
            for method in 'find', 'rfind', 'count', 'startswith', 'endswith':
                for bounds in (), (1,), (0, 3), (-5, -1), (2, 100):
                    want = [getattr(w, method)(s, *bounds) for w in words]
                    assert getattr(np.strings, method)(a, s, *bounds).tolist() == want
        subs = [w[1:3] for w in words]
        assert np.strings.find(a, np.array(subs)).tolist() == [w.find(s) for w, s in zip(words, subs)]
        assert np.strings.find(a[::2], subs[::2]).tolist() == [w.find(s) for w, s in zip(words, subs)][::2]


@pytest.mark.parametrize('width', WIDTHS)
def test_order(width):
    for words, a in both(width):
        other = [w[:-1] + w[:1] for w in reversed(words)]
        for b in np.array(other), np.array(other, f'{a.dtype.char}{width + 3}'):
            pairs = list(zip(words, other))
            assert (a == b).tolist() == [x == y for x, y in pairs]
            assert (a != b).tolist() == [x != y for x, y in pairs]
            assert (a < b).tolist() == [x < y for x, y in pairs]
            assert (a >= b).tolist() == [x >= y for x, y in pairs]
            assert (b > a).tolist() == [y > x for x, y in pairs]
        assert (a == words[0]).tolist() == [w == words[0] for w in words]
        assert np.strings.str_len(a).tolist() == [len(w) for w in words]


@pytest.mark.parametrize('width', WIDTHS)
def test_forms(width):
    for words, a in both(width, 'aB \t1é'):
        for method in 'strip', 'lstrip', 'rstrip', 'upper', 'lower', 'swapcase', 'capitalize', 'title':
            want = [getattr(w, method)() for w in words]
            assert getattr(np.strings, method)(a).tolist() == want, method
        chars = like(words[0], 'a1')
        for method in 'strip', 'lstrip', 'rstrip':
            assert getattr(np.strings, method)(a, chars).tolist() == [getattr(w, method)(chars) for w in words]
        old, new = like(words[0], 'a'), like(words[0], 'xyz')
        assert np.strings.replace(a, old, new).tolist() == [w.replace(old, new) for w in words]
        assert np.strings.expandtabs(a).tolist() == [w.expandtabs() for w in words]
        assert (a + a).tolist() == [w + w for w in words]
        for method in 'isalpha', 'isalnum', 'isdigit', 'isspace', 'islower', 'isupper', 'istitle':
            assert getattr(np.strings, method)(a).tolist() == [getattr(w, method)() for w in words], method


def test_wide_characters_keep_their_case_rules():
    words = ['straße', 'ǆabc', 'ÉTÉ', 'x\x1cy', '\x1c']
    a = np.array(words, 'U12')
    for method in 'upper', 'lower', 'title', 'capitalize', 'swapcase', 'strip':
        assert getattr(np.strings, method)(a).tolist() == [getattr(w, method)() for w in words]
    assert np.strings.isspace(a).tolist() == [w.isspace() for w in words]


def test_errors_of_the_short_way():
    a = np.array(['abc', 'xyz'])
    with pytest.raises(ValueError, match='substring not found'):
        np.strings.index(a, 'a')
    with pytest.raises(TypeError):
        np.strings.find(a, 1)
    assert (a + np.array(['d', 'ef'])).dtype == 'U5'
    assert np.strings.find(a, 'c' * 40).tolist() == [-1, -1]
    assert (a[:, None] == a).tolist() == [[True, False], [False, True]]


@pytest.mark.parametrize('n', (0, 1, 2, 15, 16, 17, 100, 1000))
@pytest.mark.parametrize('letters', ('a', 'ab', 'a\0b', 'abcdefghijklmnopqrstuvwxyz', 'é€😀a\U0010ffff'))
def test_sort_and_search(n, letters):
    r = random.Random(n)
    for width in 1, 3, 8, 9, 40:
        for prefix in '', 'a common beginning ':
            words = [prefix + ''.join(r.choice(letters) for _ in range(r.randint(0, width))) for _ in range(n)]
            for a in np.array(words, None if n else 'U3'), np.array([w.encode() for w in words], 'S'):
                items = a.tolist()
                ordered = sorted(items)
                order = sorted(range(n), key=items.__getitem__)
                assert np.argsort(a, kind='stable').tolist() == np.lexsort((a,)).tolist() == order
                assert np.sort(a).tolist() == a[::-1][np.argsort(a[::-1])].tolist() == ordered
                swapped = a.astype(a.dtype.newbyteorder())
                assert np.sort(swapped).tolist() == ordered and np.argsort(swapped).tolist() == order
                sorted_a, some = np.sort(a), a[:30]
                lefts = [bisect.bisect_left(ordered, x) for x in items[:30]]
                assert np.searchsorted(sorted_a, some).tolist() == lefts
                assert np.searchsorted(a, some, sorter=np.argsort(a)).tolist() == lefts
                assert np.searchsorted(sorted_a, some, 'right').tolist() == \
                    [bisect.bisect_right(ordered, x) for x in items[:30]]


def test_variable_width():
    r = random.Random(5)
    for letters in 'ab', 'aB 1\t', 'aé€😀', 'a\0', 'a\x1c ':
        words = [''.join(r.choice(letters) for _ in range(r.randint(0, 22))) for _ in range(200)]
        other = [w[:-1] + w[:1] if i % 3 else w for i, w in enumerate(words)]
        a, b = np.array(words, 'T'), np.array(other, 'T')
        pairs = list(zip(words, other))
        assert (a == b).tolist() == [x == y for x, y in pairs]
        assert (a != b).tolist() == [x != y for x, y in pairs]
        assert (a < b).tolist() == [x < y for x, y in pairs]
        assert (a <= b).tolist() == [x <= y for x, y in pairs]
        assert (a > b).tolist() == [x > y for x, y in pairs]
        assert (a >= b).tolist() == [x >= y for x, y in pairs]
        assert (a + b).tolist() == [x + y for x, y in pairs]
        assert (a * 3).tolist() == (3 * a).tolist() == [w * 3 for w in words]
        assert (a * -1).tolist() == [''] * 200
        assert np.strings.str_len(a).tolist() == [len(w) for w in words]
        for method in 'find', 'rfind', 'count', 'startswith', 'endswith':
            for bounds in (), (1,), (-4, -1):
                want = [getattr(w, method)('a', *bounds) for w in words]
                assert getattr(np.strings, method)(a, 'a', *bounds).tolist() == want
        if '\0' not in letters:
            for method in 'strip', 'lstrip', 'rstrip', 'isspace', 'isalpha', 'islower':
                assert getattr(np.strings, method)(a).tolist() == [getattr(w, method)() for w in words]
        assert np.strings.replace(a, 'a', 'xyz').tolist() == [w.replace('a', 'xyz') for w in words]
        assert np.strings.slice(a, 2, -1).tolist() == [w[2:-1] for w in words]
    a = np.array(['b', None, 'a' * 20], np.dtypes.StringDType(na_object=None))
    with pytest.raises(ValueError, match='not supported for null'):
        a < a
