"""Long work: put into a queue by a web process, done by a worker, watched by anyone who knows the job's id.

The queue is huey's and says no more than that there is something to do; the state of each job, and whose turn it is, stand
on the board, in the one database.
"""

from layers.jobs.doing import Jobs, Report
from layers.jobs.job import ENDED, NOBODY, Job, State, Terms, described
from layers.jobs.order import Lane
from layers.jobs.queue import Queue

__all__ = [
    "ENDED",
    "NOBODY",
    "Job",
    "Jobs",
    "Lane",
    "Queue",
    "Report",
    "State",
    "Terms",
    "described",
]
