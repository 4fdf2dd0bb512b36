"""repeat of short items, by one count and by a count each."""
import pytest

import fnp as np


@pytest.mark.parametrize('kind', ['?', 'i2', 'i4', 'f8', 'c16', 'g', 'S3', 'S8', 'U4', 'M8[s]', 'i4,i4', 'O'])
def test_repeat_by_size(kind):
    items = [0, 1, 2, 3, 4, 5]
    if kind == 'i4,i4':
        a = np.array([(i, -i) for i in items], kind)
    elif kind[0] in 'SU':
        a = np.array([str(i) * 3 for i in items], kind)
    else:
        a = np.array(items, 'i8').astype(kind)
    for counts in (0, 1, 2, 5):
        assert np.repeat(a, counts).tolist() == [v for v in a.tolist() for _ in range(counts)]
    each = [3, 0, 1, 2, 0, 4]
    assert np.repeat(a, each).tolist() == [v for v, n in zip(a.tolist(), each) for _ in range(n)]
    m = a.reshape(3, 2)
    assert np.repeat(m, 2, axis=0).tolist() == [row for row in m.tolist() for _ in range(2)]
    assert np.repeat(m, [1, 3], axis=1).tolist() == [[r[0], r[1], r[1], r[1]] for r in m.tolist()]
