"""A table that was read: `checker` tests its cells part by part, `store` keeps them, and `raw` is what is handed on."""
