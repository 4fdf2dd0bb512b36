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
    0x1.200000p+0f, 0x1.100000p+0f, 0x1.100000p+0f, 0x1.000000p+0f, 0x1.e00000p-1f, 0x1.c00000p-1f,
    0x1.b00000p-1f, 0x1.a00000p-1f, 0x1.800000p-1f, 0x1.700000p-1f,
};
static const sixteen log_step = {
    -0x1.461800p-2f, -0x1.167400p-2f, -0x1.c90000p-3f, -0x1.c90000p-3f, -0x1.5ff000p-3f,
    -0x1.e27000p-4f, -0x1.e27000p-4f, -0x1.f0a000p-5f, -0x1.f0a000p-5f, 0,
    0x1.086000p-4f,  0x1.117800p-3f,  0x1.5bf800p-3f,  0x1.a94000p-3f,  0x1.269800p-2f,
    0x1.522c00p-2f,
};
static const sixteen log_step_low = {
    -0x1.78438cp-19f, -0x1.cababap-18f, 0x1.070cacp-20f,  0x1.070cacp-20f,  -0x1.83853cp-18f,
    -0x1.db8abcp-22f, -0x1.db8abcp-22f, -0x1.86008cp-20f, -0x1.86008cp-20f, 0,
    -0x1.9d2988p-18f, 0x1.d044fcp-20f,  -0x1.fca55ep-18f, -0x1.2c3752p-19f, -0x1.deecb2p-18f,
    -0x1.1f8c76p-18f,
};
static const sixteen log2_step = {
    -0x1.d67400p-2f, -0x1.91bc00p-2f, -0x1.49a800p-2f, -0x1.49a800p-2f, -0x1.fbc000p-3f,
    -0x1.5c0000p-3f, -0x1.5c0000p-3f, -0x1.664000p-4f, -0x1.664000p-4f, 0,
    0x1.7d6000p-4f,  0x1.8a8800p-3f,  0x1.f60000p-3f,  0x1.32c000p-2f,  0x1.a90000p-2f,
    0x1.e7e000p-2f,
};
static const sixteen log2_step_low = {
    -0x1.3e032ep-18f, 0x1.5db83ap-20f,  0x1.ed0cbap-20f,  0x1.ed0cbap-20f,  -0x1.6b9026p-19f,
    -0x1.a39fbep-19f, -0x1.a39fbep-19f, 0x1.20a6dep-21f,  0x1.20a6dep-21f,  0,
    0x1.25b3eep-22f,  0x1.80abfcp-19f,  -0x1.3ab7cep-18f, -0x1.1c8f12p-22f, -0x1.a39fbep-20f,
    -0x1.40358ep-19f,
};
static const sixteen log10_step = {
    -0x1.1b4000p-3f, -0x1.e3c000p-4f, -0x1.8cf000p-4f, -0x1.8cf000p-4f, -0x1.31b000p-4f,
    -0x1.a30000p-5f, -0x1.a30000p-5f, -0x1.af4000p-6f, -0x1.af4000p-6f, 0,
    0x1.cb4000p-6f,  0x1.db2000p-5f,  0x1.2e4000p-4f,  0x1.716000p-4f,  0x1.ffc000p-4f,
    0x1.25b800p-3f,
};
static const sixteen log10_step_low = {
    0x1.8e136cp-19f,  0x1.f2a790p-19f,  -0x1.838864p-20f, -0x1.838864p-20f, -0x1.82ae24p-19f,
    -0x1.53ac14p-18f, -0x1.53ac14p-18f, -0x1.f92b00p-18f, -0x1.f92b00p-18f, 0,
    -0x1.c0cc9ep-20f, -0x1.c25132p-18f, -0x1.62fd22p-18f, -0x1.798e4cp-19f, -0x1.ea21c4p-23f,
    0x1.410ad8p-18f,
};
static const sixteen atan_center = {
    0x1.200000p-4f, 0x1.500000p-4f, 0x1.900000p-4f, 0x1.d00000p-4f, 0x1.200000p-3f, 0x1.500000p-3f,
    0x1.880000p-3f, 0x1.d00000p-3f, 0x1.200000p-2f, 0x1.500000p-2f, 0x1.8c0000p-2f, 0x1.cc0000p-2f,
    0x1.200000p-1f, 0x1.500000p-1f, 0x1.880000p-1f, 0x1.ca0000p-1f,
};
static const sixteen atan_step = {
    0x1.1f86dcp-4f, 0x1.4f3fd6p-4f, 0x1.8ebc54p-4f, 0x1.ce07c6p-4f, 0x1.1e1fb0p-3f, 0x1.4d087ap-3f,
    0x1.8350bep-3f, 0x1.c84bf8p-3f, 0x1.18bf5ap-2f, 0x1.44aa44p-2f, 0x1.79dc68p-2f, 0x1.b05642p-2f,
    0x1.0657eap-1f, 0x1.2958e6p-1f, 0x1.4e8de6p-1f, 0x1.75a670p-1f,
};
static const sixteen atan_step_low = {
    -0x1.efa54ep-33f, 0x1.dca4bep-30f,  0x1.1e3ecap-30f,  -0x1.e19ae6p-31f,
    -0x1.3ef236p-29f, 0x1.3b49e2p-28f,  0x1.cc75e4p-30f,  0x1.4e85cep-28f,
    0x1.85f8bcp-29f,  -0x1.27aa1ep-27f, 0x1.32231ap-27f,  0x1.5d2688p-31f,
    -0x1.6499e6p-26f, -0x1.b3dc74p-27f, -0x1.1244fep-27f, 0x1.705b1cp-26f,
};
