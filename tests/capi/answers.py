"""answers.py FOLDER [case …]: import the compiled client from FOLDER as a user of `numpy`, and print what each case saw.

"> name" before a case runs, so that the last one of a process that died names its killer; "= text" behind it.
Other lines are what the cases themselves print.
"""
import json
import re
import sys
import warnings


def told(o, np):
    """What can be seen of an object, in words that are the same for equal behaviour."""
    if isinstance(o, np.ndarray):
        f = o.flags
        bits = zip("CFOAW", (f.c_contiguous, f.f_contiguous, f.owndata, f.aligned, f.writeable))
        kept = "".join(c for c, on in bits if on)
        return f"{type(o).__name__}({told(o.tolist(), np)}, {o.dtype!r}, shape={o.shape}, strides={o.strides}, {kept})"
    if isinstance(o, (tuple, list)):
        return f"{type(o).__name__}[{', '.join(told(x, np) for x in o)}]"
    if isinstance(o, type):
        return f"class {o.__name__}"
    if callable(o) or "object at 0x" in repr(o):
        return f"a {type(o).__name__}"
    return re.sub(r"[\w./]+\.c:\d+: bad argument", "bad argument", repr(o))


def main():
    sys.path.insert(0, sys.argv[1])
    import capi_client
    import numpy as np

    warnings.simplefilter("ignore")
    for name in sys.argv[2:] or capi_client.cases():
        print(f"> {name}", flush=True)
        try:
            answer = told(capi_client.run(name), np)
        except BaseException as error:
            answer = f"raised {type(error).__name__}: {error}"
        print("\n= " + json.dumps(answer), flush=True)


main()
