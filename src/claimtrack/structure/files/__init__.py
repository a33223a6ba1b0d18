"""The files of a package: which of them may be opened, and what its descriptor and its schemas say.

`opening` is the only way to a file, `jsonfile` reads JSON, `guard` looks at all that a descriptor names, `conform`
says how it and the schemas depart from the profile and the library's own, `integrity` checks sizes and hashes.
"""
