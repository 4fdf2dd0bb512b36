"""Kinds of iso_c_binding: which C type each is."""
_KINDS = {
    "integer": {
        "int": "c_int c_int32_t c_int_least32_t c_int_fast32_t",
        "short": "c_short c_int16_t c_int_least16_t c_int_fast16_t",
        "signed_char": "c_signed_char c_int8_t c_int_least8_t c_int_fast8_t",
        "long": "c_long c_intptr_t c_ptrdiff_t",
        "long_long": "c_long_long c_int64_t c_int_least64_t c_int_fast64_t c_intmax_t",
        "unsigned": "c_size_t",
    },
    "real": {"float": "c_float", "double": "c_double", "long_double": "c_long_double"},
    "complex": {"complex_float": "c_float_complex", "complex_double": "c_double_complex",
                "complex_long_double": "c_long_double_complex"},
    "logical": {"unsigned_char": "c_bool"},
    "character": {"char": "c_char"},
}

iso_c_binding_map = {fortran: {kind: c for c, kinds in table.items() for kind in kinds.split()}
                     for fortran, table in _KINDS.items()}
isoc_c2pycode_map = {}
iso_c2py_map = {}
isoc_kindmap = {kind: fortran for fortran, table in iso_c_binding_map.items() for kind in table}
