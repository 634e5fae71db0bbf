class Areas:
    def __init__(self, door, *, county_name, metric_crs): self.door=door
    def known(self, code): return self.door.outline(code) is not None
    def bounds(self, code):
        o=self.door.outline(code); return None if o is None else list(o.bounds)
    def name_of(self, code): return self.door.area_names().get(code, code)
