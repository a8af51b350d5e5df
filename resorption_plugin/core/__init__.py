"""Pure domain code: standard library, numpy, shapely and pyproj only."""
