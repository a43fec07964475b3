"""What the reader view does, a file each: following, moving, searching, noting. The view itself only wires them."""
