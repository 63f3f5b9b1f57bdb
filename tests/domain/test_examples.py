"""The examples in the docstrings of the domain are true."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import backline.domain

MODULES = [module.name for module in pkgutil.iter_modules(backline.domain.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    assert doctest.testmod(import_module(f"backline.domain.{name}")).failed == 0
