"""Types of users from before DTypes: casts, promotion, ufuncs, order and dot of ml_dtypes."""
import pickle

import ml_dtypes
import numpy as np
from ml_dtypes import bfloat16, float8_e4m3fn, int4

a = np.array([1.5, 2.25, -3, np.nan, np.inf], dtype=bfloat16)
b = a[:3]
print(a, a.dtype, a.astype(np.float32), a + a, a * 2, a.sum(), b.max(), np.sort(b))
print(np.arange(5, dtype=bfloat16), np.linspace(0, 1, 5).astype(float8_e4m3fn))
print(np.exp(b), np.isnan(a), np.promote_types(bfloat16, np.float32), np.can_cast(bfloat16, np.float64))
print(np.array([1, 2, 3], dtype=int4) + np.array([1, 1, 1], dtype=int4), ml_dtypes.finfo(bfloat16).eps)
print(np.dot(b, b), b @ b, np.matmul(b[None], b[:, None]), np.result_type(bfloat16, 1.0), np.result_type(bfloat16, 1))
print(a[:2].tolist(), a[0], type(a[0]).__name__, repr(a[0]), b.any(), b.all(), b.sum(dtype="f8"))
print(np.where(a > 0, a, -a), np.argmax(b), b < 2, np.zeros(3, bfloat16), np.full(2, 3, bfloat16))
print(pickle.loads(pickle.dumps(a)), hash(a.dtype) == hash(np.dtype(bfloat16)))
print(a.view(np.uint16), np.concatenate([a, a]).shape, np.unique(b), b.mean(), b.std(), np.add.accumulate(b))
print(np.maximum(b, 0), np.floor_divide(b, 2), np.sign(b), np.sqrt(a[:2]), np.nextafter(a[:2], a[1:3]), np.frexp(a[:2]))
