"""A real cluster (a master, two workers, a Spark Connect server) says what DuckDB and plain Python say, to the unit."""

import os
import socket
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

import pyspark
import pytest

from yilian.kernel.indicators.conforming import as_lake, differences, trial
from yilian.kernel.indicators.engines.duck import DuckEngine
from yilian.kernel.indicators.engines.question import CONSORTIUM, EngineError, Question
from yilian.kernel.indicators.engines.spark import SparkEngine

HOST, PATIENCE = "127.0.0.1", 240
HOME = Path(pyspark.__file__).parent
SMALL = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


def free_port():
    with socket.socket() as found:
        found.bind((HOST, 0))
        return found.getsockname()[1]


def answers(port):
    with socket.socket() as asked:
        asked.settimeout(1)
        return asked.connect_ex((HOST, port)) == 0


class Cluster:
    """Processes of Spark, each of its own, ended by their own ids."""

    def __init__(self, folder, held):
        self.folder, self.held = folder, held
        self.environment = os.environ | {
            "SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": HOST, "SPARK_DAEMON_JAVA_OPTS": " ".join(SMALL),
            "SPARK_DAEMON_MEMORY": "512m", "SPARK_LOCAL_DIRS": str(folder), "PYSPARK_PYTHON": "",
        }  # fmt: skip

    def start(self, program, *arguments):
        log = (self.folder / f"{len(list(self.folder.glob('*.log')))}.log").open("w")
        process = subprocess.Popen(
            [HOME / "bin" / program, *map(str, arguments)], env=self.environment, cwd=self.folder,
            stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.held.callback(process.wait, 30)
        self.held.callback(process.terminate)
        self.held.callback(log.close)
        return process

    def wait_for(self, port, process):
        until = time.monotonic() + PATIENCE
        while not answers(port):
            said = "\n".join(log.read_text()[-2000:] for log in self.folder.glob("*.log"))
            assert process.poll() is None, said
            assert time.monotonic() < until, said
            time.sleep(0.2)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a Spark Connect server whose executors run on two workers."""
    master, pages, connect = free_port(), free_port(), free_port()
    with ExitStack() as held:
        cluster = Cluster(tmp_path_factory.mktemp("spark"), held)
        cluster.wait_for(master, cluster.start(
            "spark-class", "org.apache.spark.deploy.master.Master", "--host", HOST, "--port", master,
            "--webui-port", pages,
        ))  # fmt: skip
        for _worker in range(2):
            cluster.start(
                "spark-class", "org.apache.spark.deploy.worker.Worker", "--host", HOST, "-c", 1, "-m", "700m",
                "--webui-port", free_port(), "-d", cluster.folder, f"spark://{HOST}:{master}",
            )  # fmt: skip
        settings = {
            "spark.connect.grpc.binding.address": HOST, "spark.connect.grpc.binding.port": connect,
            "spark.executor.memory": "600m", "spark.executor.cores": 1, "spark.driver.memory": "600m",
            "spark.ui.enabled": "false", "spark.driver.host": HOST,
            "spark.executor.extraJavaOptions": " ".join(SMALL),
        }  # fmt: skip
        asked = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
        cluster.wait_for(connect, cluster.start(
            "spark-submit", "--master", f"spark://{HOST}:{master}", "--driver-java-options", " ".join(SMALL),
            "--class", "org.apache.spark.sql.connect.service.SparkConnectServer", *asked, "spark-internal",
        ))  # fmt: skip
        yield f"sc://{HOST}:{connect}"


def test_a_cluster_counts_as_duckdb_and_plain_python_do(address, tmp_path):
    tried = trial()
    lake = as_lake(tried, tmp_path)
    engine = SparkEngine(address, lake)
    assert engine.version.startswith("4.0")
    assert differences(engine, tried) == []
    members = [(1, 7, 202501), (2, 7, 202501), (2, 8, 202502)]
    fed = Question(tried_fact(), "here", tried.trees, {202501: 202501, 202502: 202502}, (CONSORTIUM,), members)
    assert sorted(engine.answer(fed)) == sorted(DuckEngine(lake).answer(fed))


def tried_fact():
    """The fact of the trial as if its rows were fed: then members say where they count."""
    from dataclasses import replace

    from yilian.kernel.indicators.conforming import FACT

    return replace(FACT, view="")


def test_a_cluster_that_is_not_there_is_said(tmp_path):
    engine = SparkEngine(f"sc://{HOST}:{free_port()}", as_lake(trial(()), tmp_path))
    with pytest.raises(EngineError, match="Spark sc://"):
        assert engine.version
