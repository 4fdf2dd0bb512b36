"""Reading Fortran sources: not written yet; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="""
        _calc_depend_dict _ensure_exprdict _eval_length _eval_scalar _get_depend_dict
        _is_intent_callback _is_visit_pair _kind_func _resolvenameargspattern
        _resolvetypedefpattern _selected_int_kind_func _selected_real_kind_func
        _simplifyargs analyzeargs analyzebody analyzecommon analyzeline analyzevars
        appenddecl appendmultiline buildimplicitrules
        character_backward_compatibility_hook common2fortran crack2fortran
        crack2fortrangen crackfortran crackline cracktypespec cracktypespec0
        determineexprtype expr2name get_parameters get_sorted_names get_usedict
        get_useparameters getblockname getlincoef is_free_format markinnerspaces
        markoutercomma markouterparen myeval openhook outmess param_eval param_parse
        parse_name_for_bind postcrack postcrack2 readfortrancode removespaces
        reset_global_f2py_vars rmbadname rmbadname1 setattrspec setcharselector
        setkindselector setmesstext sortvarnames split_by_unquoted traverse
        true_intent_list undo_rmbadname undo_rmbadname1 unmarkouterparen updatevars
        use2fortran vars2fortran _is_kind_number
    """,
    tables="""
        COMMON_FIXED_EXTENSIONS COMMON_FREE_EXTENSIONS _intentcallbackpattern
        analyzeargs_re_1 badnames beforethisafter beginpattern beginpattern77
        beginpattern90 callfunpattern callnameargspattern callpattern charselector
        commonpattern containspattern crackline_bind_1 crackline_bindlang crackline_re_1
        currentfilename datapattern debug defaultimplicitrules determineexprtype_re_1
        determineexprtype_re_2 determineexprtype_re_3 determineexprtype_re_4
        determineexprtype_re_5 dimensionpattern dolowercase endifpattern endifs endpattern
        entrypattern expectbegin externalpattern f2pyenhancementspattern f77modulename
        f90modulevars filepositiontext formatpattern fortrantypes functionpattern
        getlincoef_re_1 gotnextfile groupbegins77 groupbegins90 groupcounter groupends
        grouplist groupname ignorecontains implicitpattern include_paths intentpattern
        intrinsicpattern invbadnames isintent_dict kindselector lenarraypattern
        lenkindpattern moduleprocedurepattern moduleprocedures multilinepattern
        nameargspattern namepattern neededmodule onlyfuncs operatorpattern optionalpattern
        parameterpattern post_processing_hooks privatepattern publicpattern pyffilename
        quiet real16pattern real8pattern requiredpattern selectpattern skipblocksuntil
        skipemptyends skipfuncs skipfunctions sourcecodeform strictf77 subroutinepattern
        tabchar typedefpattern typespattern typespattern4implicit usepattern usermodules
        verbose word_pattern
    """,
)
