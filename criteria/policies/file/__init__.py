"""One YAML file is one policy version: schema, compiling, loading, exporting."""
