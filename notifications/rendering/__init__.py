"""Typesets official papers (公文, GB/T 9704-2012) as PDF from plain data, without models or network."""
