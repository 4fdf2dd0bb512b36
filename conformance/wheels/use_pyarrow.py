"""pyarrow: numbers, strings and dates, there and back."""
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

for data in (
    np.arange(5, dtype="i8"), np.array([1.5, np.nan, -2.0]), np.array([True, False]), np.arange(3, dtype="u1"),
    np.array(["a", "bcd", ""]), np.array([b"x", b"yz"]), np.array(["2020-02-29", "NaT"], dtype="M8[D]"),
    np.array([1, 2, 3], dtype="M8[ms]"), np.array([1, -2], dtype="m8[us]"), np.array(["a", None, 3.5], dtype=object)[:2],
    np.array([1.5, 2.5], dtype="f2"),
):
    made = pa.array(data)
    back = made.to_numpy(zero_copy_only=False)
    print(made.type, made.null_count, made.to_pylist(), back.dtype, back)
column = pa.array(np.arange(10.0))
view = column.to_numpy()
print(view.flags.writeable, view.ctypes.data == column.buffers()[1].address, pc.sum(column), pc.mean(column))
chunked = pa.chunked_array([np.arange(3), np.arange(3, 5)])
print(chunked.to_numpy(), pa.array([1, None, 3]).to_numpy(zero_copy_only=False), pa.array([np.int32(7), np.int32(8)]).type)
table = pa.table({"t": np.array(["2021-01-01T00", "2021-01-01T06"], dtype="M8[h]").astype("M8[s]"), "v": np.float32([1, 2])})
print(table.schema, np.asarray(table["v"]), table["t"].to_numpy())
print(pa.array(np.array(["2020-01-01T00:00:01"], "M8[s]"), mask=np.array([True])), pa.scalar(np.float32(1.5)).type)
tensor = pa.Tensor.from_numpy(np.arange(6).reshape(2, 3))
print(tensor.shape, tensor.to_numpy().T)
