/* The tables of elementary_tables.h in floats. */
static const sixteen exp_place = {
    0x1.000000p+0f, 0x1.fb5586p-1f, 0x1.f72b84p-1f, 0x1.f387a6p-1f, 0x1.f06fe0p-1f, 0x1.edea64p-1f,
    0x1.ebfdaep-1f, 0x1.eab07ep-1f, 0x1.ea09e6p-1f, 0x1.ea1148p-1f, 0x1.eace54p-1f, 0x1.ec4918p-1f,
    0x1.ee89fap-1f, 0x1.f199bep-1f, 0x1.f5818ep-1f, 0x1.fa4afap-1f,
};
static const sixteen exp_lack = {
    0,
    0x1.8d96d4p-25f,
    -0x1.9c0c22p-27f,
    0x1.964904p-25f,
    0x1.125002p-25f,
    0x1.370be4p-25f,
    -0x1.0a3550p-25f,
    -0x1.00d8acp-27f,
    0x1.26055cp-26f,
    -0x1.05cb44p-25f,
    0x1.67a1cap-28f,
    0x1.a3b5e4p-28f,
    -0x1.f9c304p-27f,
    -0x1.6961b4p-28f,
    -0x1.a5217cp-28f,
    0x1.61428ep-28f,
};
static const sixteen exp2_lack = {
    0x1.000000p-100f, 0x1.8d96d4p-25f,  -0x1.9c0c22p-27f, 0x1.964904p-25f,
    0x1.125002p-25f,  0x1.370be4p-25f,  -0x1.0a3550p-25f, -0x1.00d8acp-27f,
    0x1.26055cp-26f,  -0x1.05cb44p-25f, 0x1.67a1cap-28f,  0x1.a3b5e4p-28f,
    -0x1.f9c304p-27f, -0x1.6961b4p-28f, -0x1.a5217cp-28f, 0x1.61428ep-28f,
};
static const sixteen log_factor = {
    0x1.600000p+0f, 0x1.500000p+0f, 0x1.400000p+0f, 0x1.400000p+0f, 0x1.300000p+0f, 0x1.200000p+0f,
    0x1.200000p+0f, 0x1.100000p+0f, 0x1.080000p+0f, 0x1.000000p+0f, 0x1.e00000p-1f, 0x1.c00000p-1f,
    0x1.b00000p-1f, 0x1.a00000p-1f, 0x1.800000p-1f, 0x1.700000p-1f,
};
static const sixteen log_step = {
    -0x1.461800p-2f, -0x1.167400p-2f, -0x1.c90000p-3f, -0x1.c90000p-3f, -0x1.5ff000p-3f,
    -0x1.e27000p-4f, -0x1.e27000p-4f, -0x1.f0a000p-5f, -0x1.f84000p-6f, 0,
    0x1.086000p-4f,  0x1.117800p-3f,  0x1.5bf800p-3f,  0x1.a94000p-3f,  0x1.269800p-2f,
    0x1.522c00p-2f,
};
static const sixteen log_step_low = {
    -0x1.78438cp-19f, -0x1.cababap-18f, 0x1.070cacp-20f,  0x1.070cacp-20f,  -0x1.83853cp-18f,
    -0x1.db8abcp-22f, -0x1.db8abcp-22f, -0x1.86008cp-20f, 0x1.64f188p-18f,  0,
    -0x1.9d2988p-18f, 0x1.d044fcp-20f,  -0x1.fca55ep-18f, -0x1.2c3752p-19f, -0x1.deecb2p-18f,
    -0x1.1f8c76p-18f,
};
static const sixteen log2_step = {
    -0x1.d67400p-2f, -0x1.91bc00p-2f, -0x1.49a800p-2f, -0x1.49a800p-2f, -0x1.fbc000p-3f,
    -0x1.5c0000p-3f, -0x1.5c0000p-3f, -0x1.664000p-4f, -0x1.6ba000p-5f, 0,
    0x1.7d6000p-4f,  0x1.8a8800p-3f,  0x1.f60000p-3f,  0x1.32c000p-2f,  0x1.a90000p-2f,
    0x1.e7e000p-2f,
};
static const sixteen log2_step_low = {
    -0x1.3e032ep-18f, 0x1.5db83ap-20f,  0x1.ed0cbap-20f,  0x1.ed0cbap-20f,  -0x1.6b9026p-19f,
    -0x1.a39fbep-19f, -0x1.a39fbep-19f, 0x1.20a6dep-21f,  -0x1.a6eb1ep-18f, 0,
    0x1.25b3eep-22f,  0x1.80abfcp-19f,  -0x1.3ab7cep-18f, -0x1.1c8f12p-22f, -0x1.a39fbep-20f,
    -0x1.40358ep-19f,
};
static const sixteen log10_step = {
    -0x1.1b4000p-3f, -0x1.e3c000p-4f, -0x1.8cf000p-4f, -0x1.8cf000p-4f, -0x1.31b000p-4f,
    -0x1.a30000p-5f, -0x1.a30000p-5f, -0x1.af4000p-6f, -0x1.b60000p-7f, 0,
    0x1.cb4000p-6f,  0x1.db2000p-5f,  0x1.2e4000p-4f,  0x1.716000p-4f,  0x1.ffc000p-4f,
    0x1.25b800p-3f,
};
static const sixteen log10_step_low = {
    0x1.8e136cp-19f,  0x1.f2a790p-19f,  -0x1.838864p-20f, -0x1.838864p-20f, -0x1.82ae24p-19f,
    -0x1.53ac14p-18f, -0x1.53ac14p-18f, -0x1.f92b00p-18f, 0x1.6f714ep-19f,  0,
    -0x1.c0cc9ep-20f, -0x1.c25132p-18f, -0x1.62fd22p-18f, -0x1.798e4cp-19f, -0x1.ea21c4p-23f,
    0x1.410ad8p-18f,
};
/* Centres of quarters of octaves from 1 to 16 and from 1/16 to 1, each in the middle of what may
 * lie there, their arc tangents, and what those lack. */
static const thirty_two atan_center = {
    0x1.1e3540p+0f, 0x1.4f1aa0p+0f, 0x1.870a3ep+0f, 0x1.c9fbe8p+0f, 0x1.1e3540p+1f, 0x1.4f1aa0p+1f,
    0x1.870a3ep+1f, 0x1.c9fbe8p+1f, 0x1.1e3540p+2f, 0x1.4f1aa0p+2f, 0x1.870a3ep+2f, 0x1.c9fbe8p+2f,
    0x1.1e3540p+3f, 0x1.4f1aa0p+3f, 0x1.870a3ep+3f, 0x1.c9fbe8p+3f, 0x1.1e3540p-4f, 0x1.4f1aa0p-4f,
    0x1.870a3ep-4f, 0x1.c9fbe8p-4f, 0x1.1e3540p-3f, 0x1.4f1aa0p-3f, 0x1.870a3ep-3f, 0x1.c9fbe8p-3f,
    0x1.1e3540p-2f, 0x1.4f1aa0p-2f, 0x1.870a3ep-2f, 0x1.c9fbe8p-2f, 0x1.1e3540p-1f, 0x1.4f1aa0p-1f,
    0x1.870a3ep-1f, 0x1.c9fbe8p-1f,
};
static const thirty_two atan_step = {
    0x1.ae9e94p-1f, 0x1.d63cb6p-1f, 0x1.fb77e2p-1f, 0x1.0fa3aep+0f, 0x1.2676d4p+0f, 0x1.34b7b6p+0f,
    0x1.41240ep+0f, 0x1.4c5b10p+0f, 0x1.59ce26p+0f, 0x1.61d038p+0f, 0x1.6897f2p+0f, 0x1.6e9472p+0f,
    0x1.759ea4p+0f, 0x1.79c06ap+0f, 0x1.7d389ep+0f, 0x1.80440cp+0f, 0x1.1dbe5ap-4f, 0x1.4e5bfep-4f,
    0x1.85dbc4p-4f, 0x1.c816f2p-4f, 0x1.1c5dc8p-3f, 0x1.4c291ap-3f, 0x1.8263a6p-3f, 0x1.c29226p-3f,
    0x1.17160ap-2f, 0x1.43db22p-2f, 0x1.758a0cp-2f, 0x1.aea882p-2f, 0x1.04fae8p-1f, 0x1.28b870p-1f,
    0x1.4df2d2p-1f, 0x1.75a42ap-1f,
};
static const thirty_two atan_step_low = {
    -0x1.d540a6p-26f, -0x1.113780p-27f, 0x1.3f5616p-26f,  0x1.6aba62p-26f,  -0x1.96ef50p-30f,
    -0x1.0e1496p-25f, 0x1.9e8536p-25f,  0x1.e2edcap-25f,  0x1.dc5920p-25f,  -0x1.593c34p-27f,
    0x1.e23df2p-27f,  -0x1.fc31dcp-27f, 0x1.7f48e2p-25f,  0x1.d631aap-27f,  0x1.93350cp-25f,
    -0x1.a27c5cp-25f, 0x1.e668cap-32f,  -0x1.483b4cp-32f, -0x1.a57346p-29f, -0x1.25ec30p-29f,
    -0x1.96e840p-28f, -0x1.127e62p-29f, 0x1.d1fc46p-29f,  -0x1.c04816p-30f, -0x1.4d81aap-27f,
    -0x1.5c4b5cp-27f, -0x1.59d6bep-27f, -0x1.2c1834p-29f, -0x1.603d9ep-26f, 0x1.7d0e32p-26f,
    0x1.05d2d4p-31f,  0x1.18c744p-26f,
};
/* tanh in sixteen slices, two of each octave from 1/16 to 8, by bits 22 to 25: centre, tanh of it
 * and what that lacks, and the coefficients of the powers of the distance. */
static const sixteen tanh_slices[10] = {
    {0x1.400000p+1f, 0x1.c00000p+1f, 0x1.400000p+2f, 0x1.c00000p+2f, 0x1.107ae2p+3f, 0,
     0x1.400000p-4f, 0x1.c00000p-4f, 0x1.400000p-3f, 0x1.c00000p-3f, 0x1.400000p-2f, 0x1.c00000p-2f,
     0x1.400000p-1f, 0x1.c00000p-1f, 0x1.400000p+0f, 0x1.c00000p+0f},
    {0x1.f92582p-1f, 0x1.ff112cp-1f, 0x1.fff41ap-1f, 0x1.ffffc8p-1f, 0x1.fffffep-1f, 0,
     0x1.3f59bep-4f, 0x1.be38d8p-4f, 0x1.3d6bc8p-3f, 0x1.b8fd04p-3f, 0x1.35f98ap-2f, 0x1.a5729ep-2f,
     0x1.1bf47ep-1f, 0x1.686650p-1f, 0x1.b2523cp-1f, 0x1.e1fbfap-1f},
    {0x1.829c70p-27f, 0x1.8ea41ep-27f, -0x1.32e41ep-26f, 0x1.93a878p-28f, -0x1.646e2cp-26f, 0,
     -0x1.836ef0p-29f, 0x1.9a5ae0p-31f, -0x1.3bdcf6p-29f, 0x1.6a7c92p-31f, 0x1.d4ca1cp-31f,
     0x1.c91006p-27f, 0x1.5771f2p-26f, 0x1.718402p-26f, -0x1.253484p-27f, -0x1.03995cp-26f},
    {0x1.b3afe2p-6f, 0x1.dd37d2p-9f, 0x1.7ccec2p-13f, 0x1.be6c40p-19f, 0x1.591b8ap-23f,
     0x1.000000p+0f, 0x1.fce33ep-1f, 0x1.f9ec6cp-1f, 0x1.f3b360p-1f, 0x1.e842cap-1f, 0x1.d11574p-1f,
     0x1.a945bap-1f, 0x1.6284c4p-1f, 0x1.02500ap-1f, 0x1.1f2514p-2f, 0x1.d22ca2p-4f},
    {-0x1.adda6cp-6f, -0x1.dc5a0cp-9f, -0x1.7cfe5ep-13f, -0x1.beaf2ep-19f, -0x1.591c7ap-23f, 0,
     -0x1.3d68f0p-4f, -0x1.b8ed0ep-4f, -0x1.35cbaep-3f, -0x1.a48ab2p-3f, -0x1.199222p-2f,
     -0x1.5e0f08p-2f, -0x1.893b58p-2f, -0x1.6ba7ccp-2f, -0x1.e72918p-3f, -0x1.b6d858p-4f},
    {0x1.16de64p-6f, 0x1.3c68aep-9f, 0x1.fbd4acp-14f, 0x1.29bff2p-19f, 0x1.cc25b0p-24f,
     -0x1.555556p-2f, -0x1.4ca3bap-2f, -0x1.457f62p-2f, -0x1.3550fap-2f, -0x1.182be2p-2f,
     -0x1.c1900cp-3f, -0x1.16e952p-3f, -0x1.24565cp-6f, 0x1.4f15bap-4f, 0x1.bba2c0p-4f,
     0x1.01b9d0p-4f},
    {-0x1.07cdacp-7f, -0x1.39efaep-10f, -0x1.f5e080p-15f, -0x1.2650eap-20f, -0x1.cbcc80p-25f, 0,
     0x1.bca3a6p-5f, 0x1.1c1362p-4f, 0x1.8b6d52p-4f, 0x1.052934p-3f, 0x1.43f6b2p-3f, 0x1.5c1e5ap-3f,
     0x1.1a646cp-3f, 0x1.f206b2p-5f, -0x1.9c6aaap-7f, -0x1.815ff2p-6f},
    {0x1.76fac0p-9f, 0x1.ef07dap-12f, 0x1.91c872p-16f, 0x1.d784dap-22f, 0x1.6fded8p-26f,
     0x1.1110e0p-3f, -0x1.8ffe90p+1f, 0x1.d649f6p+0f, 0x1.dca39cp-2f, -0x1.cd7894p-6f,
     0x1.b1e692p-6f, 0x1.c2623ap-11f, -0x1.b870dcp-5f, -0x1.e29aacp-5f, -0x1.3a0876p-6f,
     0x1.e592fep-9f},
    {-0x1.6eb312p-11f, -0x1.494d04p-13f, -0x1.346f3ep-17f, -0x1.6b123ap-23f, -0x1.fcd850p-28f, 0,
     -0x1.7de036p+3f, 0x1.1a68f2p+2f, 0x1.30eb06p-1f, -0x1.ab0710p-3f, -0x1.6bdb1ep-4f,
     -0x1.d8357ap-5f, -0x1.81479cp-6f, 0x1.ab1c0ap-7f, 0x1.ef0e3ep-7f, 0x1.0dc226p-9f},
    {0x1.fabb4ap-15f, 0x1.5e9bb0p-15f, 0x1.5cbd02p-19f, 0x1.9c3024p-25f, 0x1.223ecep-29f,
     -0x1.b8c392p-5f, 0x1.c09e76p+12f, -0x1.e1ff90p+11f, -0x1.8bbc10p+7f, 0x1.fc899ap+5f,
     0x1.50fc74p+1f, -0x1.ec0aaap-1f, -0x1.2e4a04p-6f, 0x1.ae99aap-7f, -0x1.36790ap-8f,
     -0x1.0c96e8p-9f},
};
