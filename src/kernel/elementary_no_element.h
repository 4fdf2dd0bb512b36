/* Forgets what elementary_element.h or elementary_half.h said. */
#undef SFX
#undef T
#undef M
#undef LOAD
#undef STORE
#undef GATHER
#undef ENOUGH
#undef GET
#undef PUT
