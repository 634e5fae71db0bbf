class Search:
    def __init__(self, door): self.door=door
