"""What the map is made of: declarations, editions, intake, symbology and the disclosure door."""
