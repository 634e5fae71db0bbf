"""What every writer of marks does: each kind of mark in its own way."""

from abc import ABC, abstractmethod

from exports.sheets.page import AnyMark, Group, Mark, Shape, Words


class Drawer(ABC):
    """Writes the marks of a page in their order."""

    def draw(self, mark: AnyMark) -> None:
        if isinstance(mark, Shape):
            self.shape(mark)
        elif isinstance(mark, Words):
            self.words(mark)
        elif isinstance(mark, Mark):
            self.symbol(mark)
        else:
            self.group(mark)

    @abstractmethod
    def shape(self, shape: Shape) -> None: ...

    @abstractmethod
    def words(self, words: Words) -> None: ...

    @abstractmethod
    def symbol(self, mark: Mark) -> None: ...

    @abstractmethod
    def group(self, group: Group) -> None: ...
