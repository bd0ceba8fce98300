"""Flower's own settings: it shows, it does not act, and it lets nobody in without an account.

Read by `celery -A workers.app flower --conf=config/flowerconfig.py`: every name here that Flower knows is an
option. Task arguments are dossier codes and ids; hiding more here would be vain, the API shows them raw.
"""

from __future__ import annotations

from flower.views.monitor import Metrics
from tornado.options import options
from tornado.web import authenticated

# Flower's pages are open by default. The account comes by the environment, so that no process list shows it.
if not options.basic_auth:
    raise SystemExit("Flower không chạy khi chưa có tài khoản: hãy đặt FLOWER_BASIC_AUTH=user:mat_khau.")

# Flower leaves /metrics open even then; Prometheus can log in. /healthcheck stays open: it says OK, no more.
Metrics.get = authenticated(Metrics.get)

# A screen on a wall must not be able to stop a worker.
read_only = True

# 6 kB each: the default of 100,000 tasks would take 600 MB.
max_tasks = 10_000

# The audit reads the database, never Flower: nothing is kept over a restart.
persistent = False

# A worker that was replaced leaves the list after ten minutes.
purge_offline_workers = 600

# The name says what happens, the arguments to which dossiers.
tasks_columns = "name,uuid,state,args,received,started,runtime,worker,retries,exception"

# "3 minutes ago" rather than a time in UTC.
natural_time = True

# Milliseconds: a slow machine gets its page as well.
inspect_timeout = 2000.0
