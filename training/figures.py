"""The measured figures of a model as data, which the tests repeat; cards are written from the same numbers."""

import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "figures"


def _value(value):
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join("  " + json.dumps(each, ensure_ascii=False) for each in value) + "\n ]"
    return json.dumps(value, ensure_ascii=False)


def before_teaching(work, name):
    """What heads found before they were taught: as measured then, or, of a model that was taught further, as its figures have it."""
    measured = work / "before.json"
    return json.loads(measured.read_text()) if measured.exists() else json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["before"]


def write_figures(name, figures):
    """Write `figures/NAME.json`: numbers to six digits, a line a key and a line an element of a list of objects."""
    FOLDER.mkdir(exist_ok=True)
    rounded = json.loads(json.dumps(figures), parse_float=lambda text: round(float(text), 6))
    lines = ",\n".join(f" {json.dumps(key)}: {_value(value)}" for key, value in rounded.items())
    (FOLDER / f"{name}.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")
