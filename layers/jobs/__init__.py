"""Long work: put into a queue by a web process, done by a worker, watched by anyone who knows the job's id.

The queue is huey's and holds ids only; the state of each job is a row on the board, in the one database.
"""

from layers.jobs.board import ENDED, Job, Jobs, Report, described
from layers.jobs.queue import Queue

__all__ = ["ENDED", "Job", "Jobs", "Queue", "Report", "described"]
