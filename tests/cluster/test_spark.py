"""A real cluster (a master, two workers, a Spark Connect server) says what DuckDB and plain Python say, to the unit."""

import pytest

from bench.cluster import HOST, running
from bench.site import free_port
from yilian.kernel.indicators.conforming import as_lake, differences, trial
from yilian.kernel.indicators.engines.duck import DuckEngine
from yilian.kernel.indicators.engines.question import CONSORTIUM, EngineError, Question
from yilian.kernel.indicators.engines.spark import SparkEngine

pytestmark = pytest.mark.exhaustive


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a Spark Connect server whose executors run on two workers."""
    with running(tmp_path_factory.mktemp("spark")) as (there, _pids):
        yield there


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
