"""Checks a compose file against the Compose Specification: check-compose.py FILE"""
import sys

import yaml
from compose_spec import PyCompose
from compose_spec.models import ComposeSpecification

with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
try:
    ComposeSpecification.model_validate(yaml.safe_load(text))
    PyCompose.from_yaml(text)
except Exception as error:
    sys.exit(f"{sys.argv[1]}: {error}")
