"""The table of ICD-10-CM codes: how it is built, looked up and searched.

The policies' own lists come first everywhere; the table knows the codes outside them.
"""
