"""Spatial science on tables: no layer names, no web, no database."""
