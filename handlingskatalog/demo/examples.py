"""Where the demo's invented texts and figures are kept: YAML files in fixtures/."""

from pathlib import Path
from typing import Any, Final

import yaml
from django.conf import settings

SLUG: Final = "handlingskatalog-24"
FIXTURES: Final = Path(settings.BASE_DIR) / "fixtures"


def examples_in(name: str) -> Any:
    """The content of fixtures/demo-NAME.yaml."""
    return yaml.safe_load((FIXTURES / f"demo-{name}.yaml").read_text(encoding="utf-8"))
