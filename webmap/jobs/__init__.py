"""What a worker does: see ``kinds``. The board and the queue are those of ``layers.jobs``."""
