"""Reports as files: DOCX to be edited, PDF to be printed, XLSX of their tables; all from the same report as data."""
