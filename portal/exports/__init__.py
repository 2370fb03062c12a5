"""Exports of the desk: lists as XLSX and CSV, cases as zip, made by the worker under the requester's own scope."""
