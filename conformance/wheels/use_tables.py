"""PyTables and netCDF4: tables, arrays and strings in HDF5 files."""
import os
import tempfile

import netCDF4
import numpy as np
import tables

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "a.h5")
    with tables.open_file(path, "w") as h:
        h.create_array("/", "x", np.arange(10.0).reshape(2, 5))
        t = h.create_table("/", "t", np.array([(1, 2.5, b"a"), (3, 4.5, b"bc")], dtype=[("i", "i4"), ("f", "f8"), ("s", "S4")]))
        t.append([(5, 6.5, b"z")])
        h.create_carray("/", "c", obj=np.arange(100).reshape(10, 10))
        h.create_earray("/", "e", tables.Float32Atom(), (0, 3)).append(np.ones((2, 3), "f4"))
        v = h.create_vlarray("/", "v", tables.Int32Atom())
        v.append([1, 2, 3])
        v.append([4])
    with tables.open_file(path) as h:
        t = h.root.t
        print(h.root.x[:], t[:], t.read_where("i > 2"), [float(r["f"]) for r in t.where("f < 5")], t.cols.s[:])
        print(h.root.c[2:4, ::3], h.root.e[:], h.root.v[:])
    n = netCDF4.Dataset(path + ".nc", "w")
    n.createDimension("d", None)
    n.createDimension("k", 3)
    n.createVariable("w", "f4", ("d", "k"), fill_value=-1)[:] = np.ma.masked_greater(np.arange(6.0).reshape(2, 3), 3)
    n.createVariable("s", str, ("k",))[:] = np.array(["a", "b", "cd"], object)
    n.close()
    n = netCDF4.Dataset(path + ".nc")
    print(n["w"][:], n["w"][1, ::2], n["s"][:], netCDF4.num2date([0, 1.5], "days since 2000-01-01"))
    n.close()
