"""The parts of the page 数据交换."""
