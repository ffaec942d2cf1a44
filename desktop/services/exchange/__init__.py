"""Packages in and out: keys and enrolment, export, staging, and the merge into the workspace."""
