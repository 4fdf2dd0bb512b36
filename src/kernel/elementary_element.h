/* What the templates of loops ask for: the type of an element where lanes are elements. */
#ifdef FLOAT_LANES
#define SFX f32
#define T float
#define M(fn) fn##f
#else
#define SFX f64
#define T double
#define M(fn) fn
#endif
#define LOAD load_lanes
#define STORE store_lanes
#define GATHER gather_lanes
#define ENOUGH(fn) fn##_fast /* the function that is accurate enough */
#define GET(p) (*(const T *)(p))
#define PUT(p, v) (*(T *)(p) = (T)(v))
