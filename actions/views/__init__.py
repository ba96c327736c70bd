"""The pages: each fetches through access, binds a form, calls one verb, renders or redirects."""
