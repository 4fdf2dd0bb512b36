"""Many whole numbers divided by one: the quotients and remainders of Python, for every type."""
import random

import pytest

import fnp as np


@pytest.mark.parametrize('kind', ['i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8'])
def test_quotients_by_one_number(kind):
    pick = random.Random(kind)
    low, high = int(np.iinfo(kind).min), int(np.iinfo(kind).max)
    ends = [low, low + 1, high, high - 1, 0, 1, high // 2, high // 3]
    for b in {*range(-9, 131), high, high - 1, low, low + 1, *(1 << k for k in range(3, 63)), *((1 << k) + 1 for k in range(3, 63)),
              *(pick.randint(low, high) for _ in range(50))}:
        if not low <= b <= high or b in (0, -1):
            continue
        near = [b * k + j for k in (-3, -1, 1, 2, 7, high // b, high // b - 1) for j in (-1, 0, 1)]
        values = [v for v in ends + near + [pick.randint(low, high) for _ in range(40)] if low <= v <= high]
        x = np.array(values, kind)
        assert (x // np.array(b, kind)).tolist() == [v // b for v in values], b
        assert (x % np.array(b, kind)).tolist() == [v % b for v in values], b
        quo, rem = np.divmod(x, np.array(b, kind))
        assert (quo.tolist(), rem.tolist()) == ([v // b for v in values], [v % b for v in values]), b


@pytest.mark.parametrize('top', [100, 1 << 50, (1 << 51) - 1, 1 << 51, (1 << 53) + 1])
def test_quotients_of_small_words(top):
    """Below 2^51 words are divided as doubles; a block with one that is larger is not."""
    pick = random.Random(top)
    values = [top, -top, top - 1, 0, 1, -1] + [pick.randint(-top, top) for _ in range(600)]
    x, spans = np.array(values), np.array(values, 'm8[s]')
    for b in {2, 3, 7, -7, 86400, top, -top, top // 3, (1 << 51) - 1, -(1 << 50), *(pick.randint(2, top) for _ in range(20))}:
        want = [v // b for v in values], [v % b for v in values]
        assert ((x // b).tolist(), (x % b).tolist()) == want, b
        step = np.timedelta64(b, 's')
        assert ((spans // step).tolist(), (spans % step).astype('i8').tolist()) == want, b
        cut = [abs(v) // abs(b) * (1 if (v < 0) == (b < 0) else -1) for v in values]
        assert (spans // b).astype('i8').tolist() == cut, b
        spans[5] = 'NaT'
        assert np.isnat(spans // b).tolist() == np.isnat(spans).tolist()
        spans[5] = -1
