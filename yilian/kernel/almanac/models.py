"""No models: the two tables are known to triggers only. Django tells an app of migrations when it has this module."""
