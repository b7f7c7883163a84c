"""The sparse trade cube in blocks of whole products: integer codes, aligned arrays, sums along a side."""
