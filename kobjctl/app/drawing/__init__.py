"""Draw graphs: where their nodes and edges go, and the SVG of them."""
