/* Which type S_ID stands for: S_T the element (any alignment), S_SFX, S_KIND. */
#undef S_T
#undef S_SFX
#undef S_KIND
#undef S_PART
#if S_ID == 0
#define S_SFX b1
#define S_T u_b1
#define S_KIND NT_BOOL
#elif S_ID == 1
#define S_SFX i8
#define S_T u_i8
#define S_KIND NT_INT
#elif S_ID == 2
#define S_SFX u8
#define S_T u_u8
#define S_KIND NT_INT
#elif S_ID == 3
#define S_SFX i16
#define S_T u_i16
#define S_KIND NT_INT
#elif S_ID == 4
#define S_SFX u16
#define S_T u_u16
#define S_KIND NT_INT
#elif S_ID == 5
#define S_SFX i32
#define S_T u_i32
#define S_KIND NT_INT
#elif S_ID == 6
#define S_SFX u32
#define S_T u_u32
#define S_KIND NT_U32
#elif S_ID == 7
#define S_SFX i64
#define S_T u_i64
#define S_KIND NT_INT
#elif S_ID == 8
#define S_SFX u64
#define S_T u_u64
#define S_KIND NT_U64
#elif S_ID == 9
#define S_SFX f16
#define S_T u_f16
#define S_KIND NT_HALF
#elif S_ID == 10
#define S_SFX f32
#define S_T u_f32
#define S_KIND NT_FLOAT
#elif S_ID == 11
#define S_SFX f64
#define S_T u_f64
#define S_KIND NT_DOUBLE
#elif S_ID == 12
#define S_SFX fld
#define S_T u_fld
#define S_KIND NT_LONGDOUBLE
#elif S_ID == 13
#define S_SFX c64
#define S_T u_c64
#define S_KIND NT_COMPLEX
#define S_PART float
#elif S_ID == 14
#define S_SFX c128
#define S_T u_c128
#define S_KIND NT_COMPLEX
#define S_PART double
#elif S_ID == 15
#define S_SFX cld
#define S_T u_cld
#define S_KIND NT_COMPLEX
#define S_PART long double
#endif
