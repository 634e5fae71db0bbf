"""What every display says: the register of figures, and one statement behind map, legend, list, sheet, file and answer."""

from layers.statements.making import statement_of
from layers.statements.register import FigureSpec, figures_of
from layers.statements.statement import Choice, State, Statement, When, Where

__all__ = ["Choice", "FigureSpec", "State", "Statement", "When", "Where", "figures_of", "statement_of"]
