"""scipy: linear algebra, special functions, sparse matrices, optimisation, statistics, signals, images, trees."""
import numpy as np
from scipy import (cluster, fft, integrate, interpolate, linalg, ndimage, optimize, signal, sparse, spatial, special,
                   stats)
from scipy.cluster import hierarchy

x = np.arange(1, 31) / 7
a = np.cos(np.add.outer(x[:6], 2 * x[:6])) + 3 * np.eye(6)
print(np.round(linalg.expm(a / 9), 8), np.round(linalg.schur(a)[0].diagonal(), 8), linalg.lu(a)[0].argmax(1))
print(np.round(special.gamma(x), 8), np.round(special.jv(1, x), 8), special.comb(5, np.arange(6)))
m = sparse.random_array((50, 50), density=0.1, rng=np.random.default_rng(3), data_sampler=None).tocsr()
print(m.nnz, np.round((m @ np.ones(50))[:5], 8), sparse.csgraph.connected_components(m)[0])
print(np.round(sparse.linalg.spsolve((m + 9 * sparse.eye_array(50)).tocsc(), np.ones(50))[:4], 8))
print(np.round(optimize.minimize(lambda p: ((p - [1, 2]) ** 2).sum() + p[0] ** 4, np.zeros(2)).x, 4))
print(np.round(optimize.brentq(np.cos, 0, 3), 10), optimize.linear_sum_assignment(a))
print(np.round(stats.norm.cdf(x), 8)[:4], np.round(stats.ttest_ind(x, x * 1.1), 8), stats.rankdata([3, 1, 3]))
print(np.round(signal.butter(3, 0.2), 8), np.round(signal.lfilter([1, 2], [1, 0.5], x), 8)[:5])
print(np.round(signal.convolve2d(a, a, "same")[0], 8), signal.find_peaks(np.sin(9 * x))[0])
print(np.round(ndimage.gaussian_filter(a, 1), 8)[0], ndimage.label(a > 0)[1], ndimage.distance_transform_edt(a > 0)[0])
print(np.round(interpolate.CubicSpline(x, x ** 2)(2.5), 8), np.round(interpolate.griddata((x, x * x), x, [(2, 4)], "nearest"), 8))
print(np.round(integrate.quad(np.sin, 0, 1)[0], 10), np.round(integrate.solve_ivp(lambda t, y: -y, (0, 1), [1.0]).y[0, -1], 6))
print(spatial.KDTree(a).query(a[:2] + 0.01, k=2)[1], spatial.ConvexHull(a[:, :2]).nsimplex, np.round(spatial.distance.pdist(a)[:3], 8))
print(np.round(fft.dct(x), 6)[:4], np.round(abs(fft.rfft(x)), 6)[:4])
print(hierarchy.linkage(a)[:, :2], np.round(cluster.vq.whiten(a)[0], 8))
