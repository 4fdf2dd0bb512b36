/* Every cast from the type S_ID: the pair template once per destination. */
#include "cast_src.h"
#define D_ID 0
#include "cast_pair.h"
#undef D_ID
#define D_ID 1
#include "cast_pair.h"
#undef D_ID
#define D_ID 2
#include "cast_pair.h"
#undef D_ID
#define D_ID 3
#include "cast_pair.h"
#undef D_ID
#define D_ID 4
#include "cast_pair.h"
#undef D_ID
#define D_ID 5
#include "cast_pair.h"
#undef D_ID
#define D_ID 6
#include "cast_pair.h"
#undef D_ID
#define D_ID 7
#include "cast_pair.h"
#undef D_ID
#define D_ID 8
#include "cast_pair.h"
#undef D_ID
#define D_ID 9
#include "cast_pair.h"
#undef D_ID
#define D_ID 10
#include "cast_pair.h"
#undef D_ID
#define D_ID 11
#include "cast_pair.h"
#undef D_ID
#define D_ID 12
#include "cast_pair.h"
#undef D_ID
#define D_ID 13
#include "cast_pair.h"
#undef D_ID
#define D_ID 14
#include "cast_pair.h"
#undef D_ID
#define D_ID 15
#include "cast_pair.h"
#undef D_ID
