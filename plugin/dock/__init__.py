"""The dock: one narrow column, one page a task, one primary button a page."""
