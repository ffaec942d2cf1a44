"""The parts of the page 导入名册."""
