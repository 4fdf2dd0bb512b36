/* Include the template TMPL once per integer type. T, W: the type; U: its unsigned twin. */
#define LD(p) (*(const T *)(p))
#define ST(p, v) (*(T *)(p) = (v))
#define IS_INT 1
#define SFX i8
#define T int8_t
#define W int8_t
#define U uint8_t
#define IS_SIGNED 1
#include TMPL
#undef SFX
#undef T
#undef W
#define SFX i16
#define T int16_t
#define W int16_t
#undef U
#define U uint16_t
#include TMPL
#undef SFX
#undef T
#undef W
#define SFX i32
#define T int32_t
#define W int32_t
#undef U
#define U uint32_t
#include TMPL
#undef SFX
#undef T
#undef W
#define SFX i64
#define T int64_t
#define W int64_t
#undef U
#define U uint64_t
#include TMPL
#undef IS_SIGNED
#undef SFX
#undef T
#undef W
#define IS_SIGNED 0
#define SFX u64
#define T uint64_t
#define W uint64_t
#include TMPL
#undef SFX
#undef T
#undef W
#undef U
#define SFX u32
#define T uint32_t
#define W uint32_t
#define U uint32_t
#include TMPL
#undef SFX
#undef T
#undef W
#undef U
#define SFX u16
#define T uint16_t
#define W uint16_t
#define U uint16_t
#include TMPL
#undef SFX
#undef T
#undef W
#undef U
#define SFX u8
#define T uint8_t
#define W uint8_t
#define U uint8_t
#include TMPL
#undef SFX
#undef T
#undef W
#undef U
#undef IS_SIGNED
#undef IS_INT
#undef LD
#undef ST
