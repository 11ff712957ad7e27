"""Who saw or did what, when, from where, as whom and on what ground; append-only."""

from yilian.kernel.audit.actions import Action, ObjectKind, actions, object_kinds
from yilian.kernel.audit.recording import record, record_all

__all__ = ["Action", "ObjectKind", "actions", "object_kinds", "record", "record_all"]
