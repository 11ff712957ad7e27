"""A cluster of Spark on this machine: a master, two workers and a Spark Connect server, ended by their own ids."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.site import free_port

HOST, PATIENCE = "127.0.0.1", 240
SMALL = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""For a short life: less memory, and less time for compiling."""


class ClusterFailed(RuntimeError):
    """The cluster does not come up; the message holds what its processes said."""


class Cluster:
    """The processes, each with a log in the folder; `pids` are those that were started."""

    def __init__(self, folder: Path, held: ExitStack, options: tuple[str, ...]) -> None:
        import pyspark

        self.folder, self.held, self.pids = folder, held, list[int]()
        self.home = Path(pyspark.__file__).parent
        self.environment = os.environ | {
            "SPARK_HOME": str(self.home), "SPARK_LOCAL_IP": HOST, "SPARK_DAEMON_JAVA_OPTS": " ".join(options),
            "SPARK_DAEMON_MEMORY": "512m", "SPARK_LOCAL_DIRS": str(folder), "PYSPARK_PYTHON": "",
        }  # fmt: skip

    def start(self, program: str, *arguments: object) -> "subprocess.Popen[bytes]":
        log = (self.folder / f"{len(self.pids)}.log").open("w")
        process = subprocess.Popen(
            [self.home / "bin" / program, *map(str, arguments)], env=self.environment, cwd=self.folder,
            stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.pids.append(process.pid)
        self.held.callback(process.wait, 30)
        self.held.callback(process.terminate)
        self.held.callback(log.close)
        return process

    def wait_for(self, port: int, process: "subprocess.Popen[bytes]") -> None:
        """Wait until somebody listens; raise ClusterFailed when the process ends or nobody does in time."""
        until = time.monotonic() + PATIENCE
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise ClusterFailed("\n".join(log.read_text()[-2000:] for log in sorted(self.folder.glob("*.log"))))
            time.sleep(0.2)


@contextmanager
def running(folder: Path, *, memory: int = 600, options: tuple[str, ...] = SMALL) -> Iterator[tuple[str, list[int]]]:
    """Give the address of a Spark Connect server whose executors (of so many MiB) run on two workers, and its pids.

    Raises ClusterFailed, and ImportError where pyspark is not installed.
    """
    master, connect = free_port(), free_port()
    with ExitStack() as held:
        cluster = Cluster(folder, held, options)
        cluster.wait_for(master, cluster.start(
            "spark-class", "org.apache.spark.deploy.master.Master", "--host", HOST, "--port", master,
            "--webui-port", free_port(),
        ))  # fmt: skip
        for _worker in range(2):
            cluster.start(
                "spark-class", "org.apache.spark.deploy.worker.Worker", "--host", HOST, "-c", 1,
                "-m", f"{memory + 100}m", "--webui-port", free_port(), "-d", folder, f"spark://{HOST}:{master}",
            )  # fmt: skip
        settings = {
            "spark.connect.grpc.binding.address": HOST, "spark.connect.grpc.binding.port": connect,
            "spark.executor.memory": f"{memory}m", "spark.executor.cores": 1, "spark.driver.memory": f"{memory}m",
            "spark.ui.enabled": "false", "spark.driver.host": HOST,
            "spark.executor.extraJavaOptions": " ".join(options),
        }  # fmt: skip
        asked = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
        cluster.wait_for(connect, cluster.start(
            "spark-submit", "--master", f"spark://{HOST}:{master}", "--driver-java-options", " ".join(options),
            "--class", "org.apache.spark.sql.connect.service.SparkConnectServer", *asked, "spark-internal",
        ))  # fmt: skip
        yield f"sc://{HOST}:{connect}", cluster.pids


def _answers(port: int) -> bool:
    with socket.socket() as asked:
        asked.settimeout(1)
        return asked.connect_ex((HOST, port)) == 0
