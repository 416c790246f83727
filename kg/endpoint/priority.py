"""How much of the processor another process has used, and how soon it gets more: on each system in its own way."""

from __future__ import annotations

import os
import sys
import time
from enum import IntEnum


class Priority(IntEnum):
    """How soon a process gets the processor."""

    FULL = 0
    LOW = 1
    LOWEST = 2  # when nobody else wants it


def spent_time(pid: int) -> float:
    """Return the seconds of a processor that a process has used; where the system does not say, those that have passed."""
    if sys.platform == "linux":
        try:
            return time.clock_gettime((~pid << 3) | 2)  # as clock_getcpuclockid(3) makes a clock of a process
        except OSError:  # it has ended
            return 0.0
    return time.monotonic()


def set_priority(pid: int, priority: Priority) -> None:
    """Set the priority of a process; it can only be lowered.

    :raises OSError: there is no such process.
    """
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(0x0200, False, pid)  # PROCESS_SET_INFORMATION
        if handle:
            kernel.SetPriorityClass(handle, 0x40 if priority is Priority.LOWEST else 0x4000)  # idle, below normal
            kernel.CloseHandle(handle)
    else:
        os.setpriority(os.PRIO_PROCESS, pid, 19 if priority is Priority.LOWEST else 10)
        if sys.platform == "linux" and priority is Priority.LOWEST:
            os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))  # light ones wait beside nice ones, not beside these
