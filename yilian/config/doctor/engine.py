"""Whether the engine that counts the indicators counts as it should."""

from django.utils.translation import gettext as _

from yilian.config.doctor.finding import Findings, bad, good


def look_at_engine() -> Findings:
    """Let the engine of this installation count rows full of traps; this takes some seconds."""
    from yilian.kernel.indicators.engines.believing import try_out
    from yilian.kernel.indicators.engines.choosing import chosen
    from yilian.kernel.indicators.engines.question import EngineError

    try:
        engine, _lake = chosen()
        said = {"name": engine.name, "version": engine.version}
        found = try_out(engine)
    except (EngineError, ImportError) as error:
        yield bad(_("指标计算引擎不可用：%s") % error)
        return
    if not found:
        yield good(_("指标计算引擎 %(name)s %(version)s 通过全部一致性检查。") % said)
    for difference in found[:5]:
        yield bad(_("指标计算引擎 %(name)s 计算结果有误，结果不会入库：%(what)s") % (said | {"what": difference}))
