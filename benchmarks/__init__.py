"""How quick the program is, measured against the engines that one would use otherwise."""
