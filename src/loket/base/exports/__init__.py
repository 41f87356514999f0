"""Files that people take away: CSV, workbooks, PDF. What a cell is, is said once, as columns."""
