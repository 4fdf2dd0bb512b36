/* Which type D_ID stands for: D_T the element (any alignment), D_SFX, D_KIND. */
#undef D_T
#undef D_SFX
#undef D_KIND
#undef D_PART
#if D_ID == 0
#define D_SFX b1
#define D_T u_b1
#define D_KIND NT_BOOL
#elif D_ID == 1
#define D_SFX i8
#define D_T u_i8
#define D_KIND NT_INT
#elif D_ID == 2
#define D_SFX u8
#define D_T u_u8
#define D_KIND NT_INT
#elif D_ID == 3
#define D_SFX i16
#define D_T u_i16
#define D_KIND NT_INT
#elif D_ID == 4
#define D_SFX u16
#define D_T u_u16
#define D_KIND NT_INT
#elif D_ID == 5
#define D_SFX i32
#define D_T u_i32
#define D_KIND NT_INT
#elif D_ID == 6
#define D_SFX u32
#define D_T u_u32
#define D_KIND NT_U32
#elif D_ID == 7
#define D_SFX i64
#define D_T u_i64
#define D_KIND NT_INT
#elif D_ID == 8
#define D_SFX u64
#define D_T u_u64
#define D_KIND NT_U64
#elif D_ID == 9
#define D_SFX f16
#define D_T u_f16
#define D_KIND NT_HALF
#elif D_ID == 10
#define D_SFX f32
#define D_T u_f32
#define D_KIND NT_FLOAT
#elif D_ID == 11
#define D_SFX f64
#define D_T u_f64
#define D_KIND NT_DOUBLE
#elif D_ID == 12
#define D_SFX fld
#define D_T u_fld
#define D_KIND NT_LONGDOUBLE
#elif D_ID == 13
#define D_SFX c64
#define D_T u_c64
#define D_KIND NT_COMPLEX
#define D_PART float
#elif D_ID == 14
#define D_SFX c128
#define D_T u_c128
#define D_KIND NT_COMPLEX
#define D_PART double
#elif D_ID == 15
#define D_SFX cld
#define D_T u_cld
#define D_KIND NT_COMPLEX
#define D_PART long double
#endif
