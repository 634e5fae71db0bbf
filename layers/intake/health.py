"""Data health over all layers."""
