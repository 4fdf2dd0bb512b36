"""Questions about parsed routines: not written yet; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="""
        _ischaracter _isstring applyrules containscommon containsderivedtypes
        containsmodule debugcapi dictappend flatlist gentitle get_f2py_modulename get_kind
        getargs getargs2 getcallprotoargument getcallstatement getdimension getfortranname
        getmultilineblock getpymethoddef getrestdoc getuseblocks getusercode getusercode1
        hasassumedshape hasbody hascallstatement hascommon hasderivedtypes hasexternals
        hasinitvalue hasinitvalueasstring hasnote hasresultnote hasvariables isallocatable
        isarray isarrayofstrings isattr_value ischaracter ischaracter_or_characterarray
        ischaracterarray iscomplex iscomplexarray iscomplexfunction iscomplexfunction_warn
        iscstyledirective isdouble isdummyroutine isexternal isfalse isfunction
        isfunction_wrap isint1 isint1array isinteger isintent_aligned16 isintent_aligned4
        isintent_aligned8 isintent_aux isintent_c isintent_cache isintent_callback
        isintent_copy isintent_hide isintent_in isintent_inout isintent_inplace
        isintent_nothide isintent_out isintent_overwrite islogical islogicalfunction
        islong_complex islong_double islong_doublefunction islong_long islong_longfunction
        ismodule ismoduleroutine ismutable isoptional isprivate isreal isrequired
        isroutine isscalar issigned_array issigned_chararray issigned_long_longarray
        issigned_shortarray isstring isstring_or_stringarray isstringarray
        isstringfunction issubroutine issubroutine_wrap isthreadsafe istrue isunsigned
        isunsigned_char isunsigned_chararray isunsigned_long_long
        isunsigned_long_longarray isunsigned_short isunsigned_shortarray isunsignedarray
        isvariable l_and l_not l_or outmess process_f2cmap_dict replace requiresf90wrapper
        stripcomma
    """,
    classes="F2PYError throw_error",
    tables="debugoptions isintent_dict options wrapfuncs",
)
