"""Server settings for one small machine that also runs the web processes."""

import os

MEGABYTE = 1024 * 1024


def tuning(memory: int | None = None) -> dict[str, str]:
    """Return settings for a machine with this much memory (bytes; default: this machine).

    Durability is never traded: `synchronous_commit`, `fsync` and `full_page_writes` keep their safe defaults.
    """
    megabytes = (memory if memory is not None else _memory()) // MEGABYTE
    return {
        "shared_buffers": f"{max(128, min(megabytes // 8, 2048))}MB",
        "effective_cache_size": f"{max(256, megabytes // 2)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "max_connections": "100",
        "random_page_cost": "1.1",  # solid-state disks
        "synchronous_commit": "on",
        "jit": "off",  # compiling costs more than our short statements take
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "log_min_duration_statement": "2s",
        "log_line_prefix": "%m [%p] %u@%d ",
        "timezone": "UTC",
        "log_timezone": "UTC",
        # an abandoned transaction must not hold row locks for ever
        "idle_in_transaction_session_timeout": "60s",
    }


def _memory() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return 2048 * MEGABYTE
