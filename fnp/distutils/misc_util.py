"""Helpers of setup files: not written; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="""
        all_strings allpath appendpath as_list blue_text clean_up_temporary_directory
        colour_text cyan_text cyg2win32 default_config_dict default_text dict_append
        dot_join exec_mod_from_location filter_sources general_source_directories_files
        general_source_files generate_config_py get_build_architecture get_cmd
        get_data_files get_dependencies get_ext_source_files get_frame get_info
        get_language get_lib_source_files get_mathlibs get_npy_pkg_dir get_num_build_jobs
        get_numpy_include_dirs get_path_from_frame get_pkg_info get_script_files
        get_shared_lib_extension gpaths green_text has_cxx_sources has_f_sources
        is_bootstrapping is_glob_pattern is_local_src_dir is_sequence is_string
        make_temp_file mingw32 minrelpath msvc_runtime_library msvc_runtime_major
        msvc_runtime_version msvc_version njoin quote_args red_text rel_path
        sanitize_cxx_flags sorted_glob terminal_has_colors yellow_text
    """,
    classes="Configuration InstallableLib",
)
