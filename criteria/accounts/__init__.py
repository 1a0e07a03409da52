"""Who is in, and what each may load: loading is the permission."""
