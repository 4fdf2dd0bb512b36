"""shapely: its ufuncs on arrays of geometries."""
import numpy as np
import shapely

x, y = np.meshgrid(np.arange(4.0), np.arange(3.0))
points = shapely.points(x, y)
print(points.shape, points.dtype, points[1, 2])
box = shapely.box(0.5, 0.5, 2.5, 1.5)
print(shapely.contains(box, points))
print(shapely.distance(points, shapely.Point(0, 0)))
circles = shapely.buffer(points[0], np.array([0.25, 0.5, 0.75, 1.0]), quad_segs=4)
print(np.round(shapely.area(circles), 6), shapely.get_num_coordinates(circles))
lines = shapely.linestrings([[[0, 0], [1, 1]], [[0, 1], [1, 0]]])
print(shapely.intersection(lines[0], lines[1]), shapely.get_coordinates(lines))
print(shapely.union_all(circles).geom_type, shapely.is_valid(np.array([None, box, lines[0]])))
tree = shapely.STRtree(points.ravel())
print(np.sort(tree.query(box)), shapely.to_wkt(shapely.from_wkt(["POINT (1 2)", "LINESTRING (0 0, 1 1)"])))
print(shapely.bounds(circles).round(3), shapely.from_ragged_array(*shapely.to_ragged_array(lines)))
print(type(shapely.lib.area).__name__, shapely.lib.area.nin, shapely.lib.area.types, shapely.area(None))
print(shapely.area([box, None]), shapely.lib.area(circles, out=np.empty(4)).dtype)
