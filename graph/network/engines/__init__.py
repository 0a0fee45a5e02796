"""The graph algorithms behind measures and layouts, each library behind one interface."""
