"""The Map page: the library as points in the plane, and a timeline."""
