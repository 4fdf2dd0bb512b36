"""Facts about C types, one row each: Python's word, NumPy's type number and code, the letter of
Py_BuildValue, and the printf format. And which C type Fortran's kinds are."""

_COLUMNS = ("python", "npy", "code", "build", "format")
_ROWS = """
double              | float   | NPY_DOUBLE      | d | d | %g
float               | float   | NPY_FLOAT       | f | f | %g
long_double         | float   | NPY_LONGDOUBLE  | g |   | %Lg
char                | int     | NPY_BYTE        | b | b | %d
signed_char         | int     | NPY_BYTE        | b | b | %d
unsigned_char       | int     | NPY_UBYTE       | B |   | %hhu
short               | int     | NPY_SHORT       | h | h | %hd
unsigned_short      | int     | NPY_USHORT      | H |   | %hu
int                 | int     | NPY_INT         | i | i | %d
unsigned            | int     | NPY_UINT        | I |   | %u
long                | int     | NPY_LONG        | l | l | %ld
unsigned_long       |         | NPY_ULONG       | L |   | %lu
long_long           | long    | NPY_LONGLONG    | q | L | %ld
unsigned_long_long  |         | NPY_ULONGLONG   | Q |   |
complex_float       | complex | NPY_CFLOAT      | F | N | (%g,%g)
complex_double      | complex | NPY_CDOUBLE     | D | N | (%g,%g)
complex_long_double | complex | NPY_CLONGDOUBLE | G | N | (%Lg,%Lg)
string              | string  | NPY_STRING      | S | y | \\"%s\\"
character           | bytes   | NPY_STRING      | c | c | '%c'
"""
TYPES = {}
for _row in _ROWS.strip().splitlines():
    _name, *_cells = (cell.strip() for cell in _row.split("|"))
    TYPES[_name] = dict(zip(_COLUMNS, _cells))

# Fortran type -> kind or byte count -> C type; "" is the default kind.
FORTRAN = {
    "integer": {"": "int", "1": "signed_char", "2": "short", "4": "int", "8": "long_long",
                "-1": "unsigned_char", "-2": "unsigned_short", "-4": "unsigned",
                "-8": "unsigned_long_long"},
    "byte": {"": "char"},
    "logical": {"": "int", "1": "char", "2": "short", "4": "int", "8": "long_long"},
    "real": {"": "float", "4": "float", "8": "double", "12": "long_double",
             "16": "long_double"},
    "double precision": {"": "double"},
    "complex": {"": "complex_float", "8": "complex_float", "16": "complex_double",
                "24": "complex_long_double", "32": "complex_long_double"},
    "double complex": {"": "complex_double"},
    # complex(kind=8) counts one part, complex*8 both
    "complexkind": {"": "complex_float", "4": "complex_float", "8": "complex_double",
                    "12": "complex_long_double", "16": "complex_long_double"},
    "character": {},
}


def column(name):
    """{C type: cell} of a column, without its empty cells."""
    return {c: row[name] for c, row in TYPES.items() if row[name]}
