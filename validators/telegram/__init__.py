"""The telegram as a witness: what its lines attest, read in passes over whole columns.

Each module reads one part of the text and has one function, ``attested``: it takes a batch with
the columns of a record and ``head``, the beginning of the body, and returns narrow columns, one
row a record, without text. A null means that the text does not tell.
"""
