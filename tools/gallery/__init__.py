"""The gallery: real answers about trade power and intra-industry trade, written by a program that can check them."""
