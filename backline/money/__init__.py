"""The pool: buckets, weights, accruals, settlements, statements, and how each figure came to be."""
