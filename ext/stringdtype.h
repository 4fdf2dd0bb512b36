/* StringDType: variable-length UTF-8 strings, with an optional object for missing ones.
 *
 * An element is 16 bytes, all zero for "". Up to 15 bytes of text stand in the element itself,
 * longer text in a block that the element owns; the last byte tells which. Nothing is shared
 * between elements, so instances need no arena and a copy of an element is a copy of its text. */
#ifndef FNP_EXT_STRINGDTYPE_H
#define FNP_EXT_STRINGDTYPE_H

#include "dtypemeta.h"

/* Not the header's PyArray_StringDType, which is a slot of the API table. */
extern HIDDEN PyArray_DTypeMeta ext_stringdtype;
HIDDEN PyArray_Descr *ext_vstring_default(void);

static inline PyArray_StringDTypeObject *ext_sd(const PyArray_Descr *d)
{
    return (PyArray_StringDTypeObject *)d;
}
static inline bool ext_is_sd(const PyArray_Descr *d)
{
    return d->type_num == NPY_VSTRING;
}

/* Text that stands in the element itself, padded with zeros, its length in the last byte. */
enum { EXT_SD_SHORT = 15 };
static inline bool ext_sd_is_short(const char *element)
{
    return (unsigned char)element[15] <= EXT_SD_SHORT;
}
/* The text of an element: 1 it is missing (text->size 0), 0 otherwise. Borrowed until the element
 * changes. */
HIDDEN int ext_sd_load(const char *element, npy_static_string *text);
/* Replace an element's text; text may be the element's own. 0, or -1 without memory (no exception
 * set). */
HIDDEN int ext_sd_store(char *element, const char *utf8, size_t size);
HIDDEN int ext_sd_store_null(char *element);
HIDDEN void ext_sd_clear(char *element);
/* Text of an element where missing ones read as the NA's own text (string NA or its str). */
/* A missing string counts as text: the NA's own, or none, where there is no NA (C code of others
 * can store such). */
static inline bool ext_sd_null_is_text(const PyArray_StringDTypeObject *d)
{
    return d->has_string_na || !d->na_object;
}
HIDDEN void ext_sd_text(PyArray_StringDTypeObject *d, const char *element, npy_static_string *text);

/* A Python object into an element and back. */
HIDDEN int ext_sd_setitem(PyArray_StringDTypeObject *d, PyObject *o, char *element);
HIDDEN PyObject *ext_sd_getitem(PyArray_StringDTypeObject *d, const char *element);

/* Do two instances agree on what is missing? A missing NA agrees with every one. 1, 0 or -1. */
HIDDEN int ext_sd_na_equal(PyObject *a, PyObject *b);
HIDDEN PyArray_Descr *ext_sd_common(PyArray_Descr *a, PyArray_Descr *b);
HIDDEN PyArray_Descr *ext_sd_new(PyObject *na_or_null, int coerce);

HIDDEN int ext_sd_add_casts(void);
HIDDEN int ext_sd_add_ufuncs(PyObject *module);

#endif
