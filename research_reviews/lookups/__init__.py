"""What registries of research say of a study: asked over one safe client, read into one record."""
