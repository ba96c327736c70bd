"""Posts, roles and deputies."""
