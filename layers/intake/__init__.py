"""From a file to an edition: headings matched to fields, values coerced, findings, publication."""
