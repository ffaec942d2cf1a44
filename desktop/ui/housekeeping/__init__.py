"""The sections of the page 设置."""
