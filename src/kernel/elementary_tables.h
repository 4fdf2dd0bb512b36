/* Tables of elementary_*.c, computed with 300 bits: each value as a double and what the double
 * lacks.
 */
#ifndef FNP_KERNEL_ELEMENTARY_TABLES_H
#define FNP_KERNEL_ELEMENTARY_TABLES_H

#include "kernel/elementary_vector.h"

#ifdef FLOAT_LANES
#include "kernel/elementary_tables_floats.h"
#else
/* 2^(j / 16), less j at the place where n << 48 puts it; and what it lacks, over it */
static const sixteen exp_place = {
    0x1.0000000000000p+0, 0x1.fb5586cf9890fp-1, 0x1.f72b83c7d517bp-1, 0x1.f387a6e756238p-1,
    0x1.f06fe0a31b715p-1, 0x1.edea64c123422p-1, 0x1.ebfdad5362a27p-1, 0x1.eab07dd485429p-1,
    0x1.ea09e667f3bcdp-1, 0x1.ea11473eb0187p-1, 0x1.eace5422aa0dbp-1, 0x1.ec49182a3f090p-1,
    0x1.ee89f995ad3adp-1, 0x1.f199bdd85529cp-1, 0x1.f5818dcfba487p-1, 0x1.fa4afa2a490dap-1,
};
static const sixteen exp_lack = {
    0x0.0p+0,
    0x1.79aa65d837b6dp-54,
    -0x1.01b15eaa59348p-55,
    0x1.68efde3a8a894p-54,
    0x1.34d754db0abb6p-55,
    0x1.59f48a72a4c6dp-55,
    0x1.690cebb7aafb0p-56,
    0x1.063e1e21c5409p-54,
    -0x1.3b3efbf5e2228p-54,
    -0x1.b32dcb94da51dp-56,
    0x1.db72fc1f0eab4p-55,
    0x1.1affc2b91ce27p-56,
    0x1.c1a7792cb3387p-55,
    0x1.36eae30af0cb3p-56,
    0x1.4a385a63d07a7p-56,
    -0x1.ff7128fd391f0p-55,
};
/* The same, with something for 0 that keeps products of small numbers normal. */
static const sixteen exp2_lack = {
    0x1.0000000000000p-200, 0x1.79aa65d837b6dp-54,  -0x1.01b15eaa59348p-55, 0x1.68efde3a8a894p-54,
    0x1.34d754db0abb6p-55,  0x1.59f48a72a4c6dp-55,  0x1.690cebb7aafb0p-56,  0x1.063e1e21c5409p-54,
    -0x1.3b3efbf5e2228p-54, -0x1.b32dcb94da51dp-56, 0x1.db72fc1f0eab4p-55,  0x1.1affc2b91ce27p-56,
    0x1.c1a7792cb3387p-55,  0x1.36eae30af0cb3p-56,  0x1.4a385a63d07a7p-56,  -0x1.ff7128fd391f0p-55,
};
/* near 1 / x; of a few bits, so that its product with x, less 1, is exact */
static const sixteen log_factor = {
    0x1.6000000000000p+0, 0x1.5000000000000p+0, 0x1.4000000000000p+0, 0x1.4000000000000p+0,
    0x1.3000000000000p+0, 0x1.2000000000000p+0, 0x1.2000000000000p+0, 0x1.1000000000000p+0,
    0x1.1000000000000p+0, 0x1.0000000000000p+0, 0x1.e000000000000p-1, 0x1.c000000000000p-1,
    0x1.b000000000000p-1, 0x1.a000000000000p-1, 0x1.8000000000000p-1, 0x1.7000000000000p-1,
};
/* -log of the factor, and what it lacks */
static const sixteen log_step = {
    -0x1.4618bc21c6000p-2, -0x1.1675cababa000p-2,
    -0x1.c8ff7c79aa000p-3, -0x1.c8ff7c79aa000p-3,
    -0x1.5ff3070a7a000p-3, -0x1.e27076e2b0000p-4,
    -0x1.e27076e2b0000p-4, -0x1.f0a30c0118000p-5,
    -0x1.f0a30c0118000p-5, 0x0.0p+0,
    0x1.08598b59e4000p-4,  0x1.1178e8227e000p-3,
    0x1.5bf406b544000p-3,  0x1.a93ed3c8ae000p-3,
    0x1.269621134e000p-2,  0x1.522ae0738a000p-2,
};
static const sixteen log_step_low = {
    0x1.3d82f484c84ccp-46,  -0x1.8380e731f55c4p-44,
    0x1.7794f689f8434p-45,  0x1.7794f689f8434p-45,
    0x1.8586f183bebf2p-44,  0x1.a342c2af0003cp-45,
    0x1.a342c2af0003cp-45,  0x1.d599e83368e91p-45,
    0x1.d599e83368e91p-45,  0x0.0p+0,
    -0x1.7e5dd7009902cp-46, 0x1.1ef78ce2d07f2p-45,
    -0x1.27023eb68981cp-46, -0x1.8724350562169p-45,
    -0x1.1b61f10522625p-44, 0x1.ebe708164c759p-45,
};
/* -log of the factor, and what it lacks */
static const sixteen log2_step = {
    -0x1.d6753e032f000p-2, -0x1.91bba891f1000p-2,
    -0x1.49a784bcd2000p-2, -0x1.49a784bcd2000p-2,
    -0x1.fbc16b9026000p-3, -0x1.5c01a39fbe000p-3,
    -0x1.5c01a39fbe000p-3, -0x1.663f6fac90000p-4,
    -0x1.663f6fac90000p-4, 0x0.0p+0,
    0x1.7d60496cfc000p-4,  0x1.8a8980abfc000p-3,
    0x1.f5fd8a9064000p-3,  0x1.32bfee370f000p-2,
    0x1.a8ff971811000p-2,  0x1.e7df5fe539000p-2,
};
static const sixteen log2_step_low = {
    0x1.7c407050799bfp-44,  -0x1.c22d2cad415aep-44,
    0x1.1d406db502403p-44,  0x1.1d406db502403p-44,
    -0x1.0144751b3314fp-44, 0x1.2f0c0bfe9dbecp-44,
    0x1.2f0c0bfe9dbecp-44,  -0x1.3167ccc538261p-44,
    -0x1.3167ccc538261p-44, 0x0.0p+0,
    -0x1.2ce6312ebb81dp-46, -0x1.66cccab240e90p-46,
    -0x1.cb6f70109b0f1p-47, -0x1.979a5db68721dp-46,
    -0x1.6879fa00b120ap-44, -0x1.532c412ba94dbp-44,
};
/* -log of the factor, and what it lacks */
static const sixteen log10_step = {
    -0x1.1b3e71ec94000p-3, -0x1.e3bc1ab0e0000p-4,
    -0x1.8cf1838864000p-4, -0x1.8cf1838864000p-4,
    -0x1.31b3055c48000p-4, -0x1.a30a9d60a0000p-5,
    -0x1.a30a9d60a0000p-5, -0x1.af5f92b010000p-6,
    -0x1.af5f92b010000p-6, 0x0.0p+0,
    0x1.cb38fccd90000p-6,  0x1.db11ed7668000p-5,
    0x1.2e3a740b78000p-4,  0x1.715d0ce368000p-4,
    0x1.ffbfc2bbc8000p-4,  0x1.25ba8215b0000p-3,
};
static const sixteen log10_step_low = {
    -0x1.ef57776664942p-44, -0x1.9fe3d562a53f0p-44,
    -0x1.019365163f2fcp-45, -0x1.019365163f2fcp-45,
    0x1.dcffc97be8c9cp-45,  0x1.0163d7e67d282p-45,
    0x1.0163d7e67d282p-45,  0x1.9f05921f59258p-46,
    0x1.9f05921f59258p-46,  0x0.0p+0,
    -0x1.00925a535ae72p-44, 0x1.5fa196e1e0ddap-44,
    0x1.d288560689912p-53,  -0x1.41149840eaa65p-46,
    -0x1.ff229f20ed3d2p-46, -0x1.007bf2d8bf07ap-44,
};
/* For power: factors of thirty-two slices from 0.695 to 1.391, near 1 / x; -log of the factor in
 * 42 bits after the point, and what it lacks. */
static const thirty_two power_factor = {
    0x1.6c00000000000p+0, 0x1.6400000000000p+0, 0x1.5d00000000000p+0, 0x1.5500000000000p+0,
    0x1.4e00000000000p+0, 0x1.4800000000000p+0, 0x1.4100000000000p+0, 0x1.3b00000000000p+0,
    0x1.3500000000000p+0, 0x1.2f00000000000p+0, 0x1.2a00000000000p+0, 0x1.2500000000000p+0,
    0x1.1f00000000000p+0, 0x1.1a00000000000p+0, 0x1.1600000000000p+0, 0x1.1100000000000p+0,
    0x1.0d00000000000p+0, 0x1.0800000000000p+0, 0x1.0400000000000p+0, 0x1.0000000000000p+0,
    0x1.f000000000000p-1, 0x1.e200000000000p-1, 0x1.d400000000000p-1, 0x1.c800000000000p-1,
    0x1.ba00000000000p-1, 0x1.b000000000000p-1, 0x1.a400000000000p-1, 0x1.9a00000000000p-1,
    0x1.9000000000000p-1, 0x1.8600000000000p-1, 0x1.7e00000000000p-1, 0x1.7400000000000p-1,
};
static const thirty_two power_step = {
    -0x1.686c81e9b1000p-2, -0x1.51aad872e0000p-2, -0x1.3d54fa5c1f000p-2, -0x1.2596010df7000p-2,
    -0x1.1058bf9ae5000p-2, -0x1.fb9186d5e4000p-3, -0x1.cf6354e09c000p-3, -0x1.a8becfc882000p-3,
    -0x1.815c0a1436000p-3, -0x1.59338d9982000p-3, -0x1.371fc201e8000p-3, -0x1.1478584674000p-3,
    -0x1.d4313d66cc000p-4, -0x1.8c345d6318000p-4, -0x1.51b073f060000p-4, -0x1.0759835990000p-4,
    -0x1.95c830ec90000p-5, -0x1.f829b0e780000p-6, -0x1.fc0a8b0fc0000p-7, 0x0.0p+0,
    0x1.0415d89e78000p-5,  0x1.eea31c0068000p-5,  0x1.700d30aeac000p-4,  0x1.da72763844000p-4,
    0x1.2d1610c868000p-3,  0x1.5bf406b544000p-3,  0x1.95a5adcf70000p-3,  0x1.c6ffbc6f00000p-3,
    0x1.f991c6cb3c000p-3,  0x1.16b5ccbad0000p-2,  0x1.2bef07cdc9000p-2,  0x1.4718dc271c000p-2,
};
static const thirty_two power_step_low = {
    -0x1.2bb110af84054p-44, 0x1.f4bd8db0a7cc1p-44,  -0x1.c3e1cd9a395e3p-44, -0x1.8e7bc224ea3e3p-44,
    0x1.4ab9d817d52cdp-44,  0x1.d572aab993c87p-47,  -0x1.771239a07d55bp-45, -0x1.e3185cf21b9cfp-44,
    0x1.02a52f9201ce8p-44,  -0x1.0ba68b7555d4ap-48, -0x1.ee8779b2d8abcp-44, -0x1.563451027c750p-46,
    0x1.9454379135713p-45,  -0x1.b20f5acb42a66p-44, -0x1.83f69278e686ap-44, 0x1.b8ecfe4b59987p-44,
    0x1.c148297c5feb8p-45,  -0x1.980267c7e09e4p-45, -0x1.f1e7cf6d3a69cp-50, 0x0.0p+0,
    -0x1.dddc7f461c516p-44, 0x1.c3dd83606d891p-44,  0x1.c1e8da99ded32p-49,  0x1.a89401fa71733p-46,
    0x1.39d6ccb81b4a1p-47,  -0x1.27023eb68981cp-46, 0x1.7f22858a0ff6fp-47,  0x1.ee138d3a69d43p-44,
    -0x1.90d04cd7cc834p-44, -0x1.23299042d74bfp-44, 0x1.a9cfa4a5004f4p-45,  0x1.06c18fb4c14c5p-44,
};
/* Ratios in the middle of their slices, and their arc tangents */
static const sixteen atan_center = {
    0x1.2000000000000p-4, 0x1.5000000000000p-4, 0x1.9000000000000p-4, 0x1.d000000000000p-4,
    0x1.2000000000000p-3, 0x1.5000000000000p-3, 0x1.8800000000000p-3, 0x1.d000000000000p-3,
    0x1.2000000000000p-2, 0x1.5000000000000p-2, 0x1.8c00000000000p-2, 0x1.cc00000000000p-2,
    0x1.2000000000000p-1, 0x1.5000000000000p-1, 0x1.8800000000000p-1, 0x1.ca00000000000p-1,
};
static const sixteen atan_step = {
    0x1.1f86dbf082d59p-4, 0x1.4f3fd677292fbp-4, 0x1.8ebc54478fb28p-4, 0x1.ce07c5c3cca32p-4,
    0x1.1e1fafb043727p-3, 0x1.4d087a9da4f17p-3, 0x1.8350be398ebc8p-3, 0x1.c84bf8a742e6ep-3,
    0x1.18bf5a30bf178p-2, 0x1.44aa436c2af0ap-2, 0x1.79dc6899118d1p-2, 0x1.b056420ae9344p-2,
    0x1.0657e94db30d0p-1, 0x1.2958e59308e31p-1, 0x1.4e8de5bb6ec04p-1, 0x1.75a670b82d8d8p-1,
};
static const sixteen atan_step_low = {
    -0x1.095dc7732ef81p-59, 0x1.008d36264979ep-59,  0x1.732880cad24ccp-59,  0x1.138e6425918a7p-59,
    -0x1.b485914dacf8cp-59, 0x1.1f323f1adf158p-57,  -0x1.5a91332b9c90dp-58, -0x1.95bdd0682ea26p-58,
    0x1.30ca4748b1bf9p-57,  -0x1.5d5e43c55b3bap-56, 0x1.b7413a0ef606dp-61,  -0x1.9313946363455p-56,
    -0x1.d5b495f6349e6p-56, -0x1.09e73b0c6c087p-56, 0x1.4a33dbeb3796cp-55,  0x1.ee4ac4c729087p-55,
};
/* pi / 2 less them */
static const sixteen atan_rest = {
    0x1.802747853aa43p+0, 0x1.7d2bb7dcd03e9p+0, 0x1.7933efffc9d66p+0, 0x1.753f38e806075p+0,
    0x1.6e5bbf4e3a633p+0, 0x1.687ea5f08e335p+0, 0x1.61b59d7d10f9fp+0, 0x1.5916362f5a74bp+0,
    0x1.4befdeb8130bap+0, 0x1.40f5246938156p+0, 0x1.33a89b1dfe6e4p+0, 0x1.260a24c188847p+0,
    0x1.0ef3c09d694b0p+0, 0x1.fae684f57cc00p-1, 0x1.d5b184cd16e2cp-1, 0x1.ae98f9d058158p-1,
};
static const sixteen atan_rest_low = {
    -0x1.1d52ae9320c7dp-54, -0x1.ada2067fec8b6p-54, -0x1.e26dc1aa21a3fp-55, 0x1.238be02032683p-55,
    0x1.a8068fbbb3283p-54,  0x1.767c1b4de9ddcp-54,  0x1.300b7663ff898p-54,  -0x1.cc41bfc837557p-54,
    0x1.e89234905f110p-55,  -0x1.1c8c17bac6e15p-55, 0x1.6f3e0bd27d460p-58,  0x1.7f27484a1e91cp-54,
    0x1.8fcf88aed2e80p-54,  -0x1.46479c173e7afp-55, 0x1.d521d4eea7d44p-56,  0x1.19e8066d89e1cp-57,
};

#endif
#endif
