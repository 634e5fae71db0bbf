"""Long work: put into a queue by a web process, done by a worker, watched by anyone who knows the job's id.

The queue is huey's, the state of each job a row beside it, both in ``GOVMAP_HOME/jobs.sqlite``: a file of its own, since
a worker writes to it several times a second and a write to the store's file would wake every cache that watches it.
"""

from webmap.jobs.board import ENDED, FILE, Job, Jobs, Report, described
from webmap.jobs.queue import Queue

__all__ = ["ENDED", "FILE", "Job", "Jobs", "Queue", "Report", "described"]
