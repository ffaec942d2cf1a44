"""The parts of the meeting form and of the page 组织生活."""
