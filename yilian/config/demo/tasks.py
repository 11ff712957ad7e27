"""The job that brings care data to the demo city right after its start: loading the city does not wait for it."""

from procrastinate.contrib.django import app

from yilian.kernel.lake.tasks import refresh_lake


@app.task(name="demo.encounters", queueing_lock="demo.encounters")
def bring_care_data(seed: int) -> int:
    """Have every member report three years, the lake take them in, and an alliance adopt a definition of its own.

    A city that has reports is left alone.
    """
    from yilian.config.demo.encounters import bring_encounters, has_reports
    from yilian.config.demo.measuring import bring_measures

    taken = 0 if has_reports() else bring_encounters(seed=seed)
    refresh_lake()
    bring_measures()
    return taken
