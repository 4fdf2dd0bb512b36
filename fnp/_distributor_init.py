"""A place for those who package this project to prepare the process, before anything loads."""
