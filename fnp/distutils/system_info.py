"""Looking for libraries: not written; every name raises when used."""
from .. import _unwritten

_unwritten.declare(
    globals(),
    functions="""
        combine_paths customized_ccompiler dict_append get_atlas_version get_info
        get_standard_file libpaths parseCmdLine show_all
    """,
    classes="""
        AliasedOptionError AtlasNotFoundError BlasILP64NotFoundError BlasNotFoundError
        BlasOptNotFoundError BlasSrcNotFoundError DJBFFTNotFoundError FFTWNotFoundError
        FlameNotFoundError LapackILP64NotFoundError LapackNotFoundError
        LapackSrcNotFoundError NotFoundError NumericNotFoundError Numeric_info
        UmfpackNotFoundError X11NotFoundError accelerate_info accelerate_lapack_info
        agg2_info amd_info armpl_info atlas_3_10_blas_info atlas_3_10_blas_threads_info
        atlas_3_10_info atlas_3_10_threads_info atlas_blas_info atlas_blas_threads_info
        atlas_info atlas_threads_info blas64__opt_info blas_armpl_info blas_ilp64_opt_info
        blas_ilp64_plain_opt_info blas_info blas_mkl_info blas_opt_info blas_src_info
        blas_ssl2_info blis_info boost_python_info cblas_info dfftw_info
        dfftw_threads_info djbfft_info f2py_info fft_opt_info fftw2_info fftw3_armpl_info
        fftw3_info fftw_info fftw_threads_info flame_info freetype2_info gdk_2_info
        gdk_info gdk_pixbuf_2_info gdk_pixbuf_xlib_2_info gdk_x11_2_info gtkp_2_info
        gtkp_x11_2_info lapack64__opt_info lapack_armpl_info lapack_atlas_3_10_info
        lapack_atlas_3_10_threads_info lapack_atlas_info lapack_atlas_threads_info
        lapack_ilp64_opt_info lapack_ilp64_plain_opt_info lapack_info lapack_mkl_info
        lapack_opt_info lapack_src_info lapack_ssl2_info mkl_info numarray_info
        numerix_info numpy_info openblas64__info openblas64__lapack_info
        openblas_clapack_info openblas_ilp64_info openblas_ilp64_lapack_info openblas_info
        openblas_lapack_info sfftw_info sfftw_threads_info ssl2_info system_info
        umfpack_info wx_info x11_info xft_info
    """,
)
