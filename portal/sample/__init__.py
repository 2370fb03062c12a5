"""The sample province: real divisions, offices, zones and parks with their sources, and invented people."""
