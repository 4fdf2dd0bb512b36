/* Casts between the numeric types: one strided loop per pair, in native byte order and any
 * alignment. Contiguous data takes a loop of its own that the compiler vectorises. Out-of-range
 * floats become integers as x86 converts them, which is what NumPy shows. */
#include "kernel/cast.h"

#include "kernel/half.h"

#define NT_BOOL 0
#define NT_INT 1
#define NT_U32 2
#define NT_U64 3
#define NT_HALF 4
#define NT_FLOAT 5
#define NT_DOUBLE 6
#define NT_LONGDOUBLE 7
#define NT_COMPLEX 8

/* x86 loads and stores any alignment at full speed, so alignment is never a case of its own. */
#define UNALIGNED(ctype, name) typedef ctype name __attribute__((aligned(1), may_alias))
UNALIGNED(uint8_t, u_b1);
UNALIGNED(int8_t, u_i8);
UNALIGNED(uint8_t, u_u8);
UNALIGNED(int16_t, u_i16);
UNALIGNED(uint16_t, u_u16);
UNALIGNED(int32_t, u_i32);
UNALIGNED(uint32_t, u_u32);
UNALIGNED(int64_t, u_i64);
UNALIGNED(uint64_t, u_u64);
UNALIGNED(uint16_t, u_f16);
UNALIGNED(float, u_f32);
UNALIGNED(double, u_f64);
UNALIGNED(long double, u_fld);
typedef struct {
    float re, im;
} __attribute__((packed, may_alias)) u_c64;
typedef struct {
    double re, im;
} __attribute__((packed, may_alias)) u_c128;
typedef struct {
    long double re, im;
} __attribute__((packed, may_alias)) u_cld;

#define TABLE_(level) fnp__cast_table_##level
#define TABLE(level) TABLE_(level)
#define PASTE_(a, b, c, d) a##b##c##d
#define PASTE(a, b, c, d) PASTE_(a, b, c, d)

#define S_ID 0
#include "tmpl/cast_from.h"
#undef S_ID
#define S_ID 1
#include "tmpl/cast_from.h"
#undef S_ID
#define S_ID 2
#include "tmpl/cast_from.h"
#undef S_ID
#define S_ID 3
#include "tmpl/cast_from.h"
#undef S_ID
#define S_ID 4
#include "tmpl/cast_from.h"
#undef S_ID
#define S_ID 5
#include "tmpl/cast_from.h"
#undef S_ID
#define S_ID 6
#include "tmpl/cast_from.h"
#undef S_ID
#define S_ID 7
#include "tmpl/cast_from.h"
#undef S_ID
#define S_ID 8
#include "tmpl/cast_from.h"
#undef S_ID
#define S_ID 9
#include "tmpl/cast_from.h"
#undef S_ID
#define S_ID 10
#include "tmpl/cast_from.h"
#undef S_ID
#define S_ID 11
#include "tmpl/cast_from.h"
#undef S_ID
#define S_ID 12
#include "tmpl/cast_from.h"
#undef S_ID
#define S_ID 13
#include "tmpl/cast_from.h"
#undef S_ID
#define S_ID 14
#include "tmpl/cast_from.h"
#undef S_ID
#define S_ID 15
#include "tmpl/cast_from.h"
#undef S_ID

#define FROM(s)                                                                                    \
    {                                                                                              \
        k_cast_##s##_b1, k_cast_##s##_i8, k_cast_##s##_u8, k_cast_##s##_i16, k_cast_##s##_u16,     \
            k_cast_##s##_i32, k_cast_##s##_u32, k_cast_##s##_i64, k_cast_##s##_u64,                \
            k_cast_##s##_f16, k_cast_##s##_f32, k_cast_##s##_f64, k_cast_##s##_fld,                \
            k_cast_##s##_c64, k_cast_##s##_c128, k_cast_##s##_cld                                  \
    }

fnp_kernel_fn *const TABLE(FNP_LV)[FNP__NUM_IDS][FNP__NUM_IDS] = {
    FROM(b1),  FROM(i8),  FROM(u8),  FROM(i16), FROM(u16), FROM(i32), FROM(u32),  FROM(i64),
    FROM(u64), FROM(f16), FROM(f32), FROM(f64), FROM(fld), FROM(c64), FROM(c128), FROM(cld),
};
