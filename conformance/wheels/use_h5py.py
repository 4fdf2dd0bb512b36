"""h5py: numbers, strings, records and slices through an HDF5 file."""
import os
import tempfile

import h5py
import numpy as np

record = np.dtype([("id", "i4"), ("value", "f8"), ("name", "S6")])
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "a.h5")
    with h5py.File(path, "w") as f:
        f["grid"] = np.arange(24, dtype="i2").reshape(2, 3, 4)
        packed = f.create_dataset("packed", data=np.linspace(0, 1, 1000), chunks=(100,), compression="gzip")
        packed.attrs["unit"] = "m"
        packed.attrs["range"] = np.array([0.0, 1.0])
        f["big"] = np.arange(4, dtype=">u4")
        f["complex"] = np.array([1 + 2j, 3 - 4j])
        f["flags"] = np.array([True, False, True])
        f["rows"] = np.array([(1, 2.5, b"ab"), (2, -1.0, b"cdef")], dtype=record)
        f.create_dataset("words", data=["one", "two", "three"], dtype=h5py.string_dtype())
    with h5py.File(path) as f:
        for name in sorted(f):
            data = f[name]
            print(name, data.shape, data.dtype, data[()] if data.size < 30 else data[::250])
        print(f["grid"][1, :, ::2], f["grid"][:, [0, 2], 1], f["packed"][f["packed"][:] > 0.998])
        print(f["packed"].attrs["unit"], f["packed"].attrs["range"], f["rows"]["value"], f["words"].asstr()[:])
        out = np.empty((3, 4), dtype="f8")
        f["grid"].read_direct(out, np.s_[1])
        print(out.sum(), type(f["grid"][0, 0, 1]).__name__)
