"""The NumPy release whose behaviour this package shows. Stands alone: read before the package is."""
version = "2.4.6"
full_version = version
short_version = version
git_revision = ""
release = True
